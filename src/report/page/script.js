"use strict";
(() => {
  const one = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const on = (element, event, act, options) => element.addEventListener(event, act, options);
  const data = JSON.parse(one("#data").textContent);
  const words = data.words;
  const views = all(".view").map((view) => view.id.slice(5));
  const title = document.title;
  document.documentElement.classList.add("js");

  // The address after # says what is shown: view, client, nurse, day, week, visit.
  const found = (index) => (index < 0 ? null : index);
  const place = (list, key) => found(list.findIndex((entry) => decodeURIComponent(entry[1]) === key));
  const dayOf = (date) => found(data.days.findIndex((day) => day[0] === date));
  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const get = (name) => asked.get(name);
    const visit = Number(get("visit") ?? -1);
    const state = {
      client: place(data.clients, get("client")),
      nurse: place(data.nurses, get("nurse")),
      day: dayOf(get("day")),
      everyDay: get("day") === "all",
      week: Math.max(0, (Number.parseInt(get("week"), 10) || 1) - 1),
      visit: data.visits[visit] ? visit : null,
    };
    state.view = views.includes(get("view")) ? get("view") : null;
    if (!state.view) {
      const byWork = state.client === null && (state.nurse ?? state.day ?? state.visit) !== null;
      state.view = byWork ? "board" : "clients";
    }
    if (state.visit !== null && state.day === null) state.day = data.visits[state.visit][3];
    if (["board", "map"].includes(state.view) && !state.everyDay && (state.day ?? state.nurse ?? state.client) === null) {
      state.day = Math.min(state.week * 7, data.days.length - 1);
    }
    if (state.day !== null) state.week = Math.floor(state.day / 7);
    return state;
  }
  function address(state) {
    const parts = [`view=${state.view}`];
    if (state.client !== null) parts.push(`client=${data.clients[state.client][1]}`);
    if (state.nurse !== null) parts.push(`nurse=${data.nurses[state.nurse][1]}`);
    if (state.day !== null) parts.push(`day=${data.days[state.day][0]}`);
    else if (state.everyDay) parts.push("day=all");
    if (state.week) parts.push(`week=${state.week + 1}`);
    return `#${parts.join("&")}`;
  }
  let now = read();
  const go = (change) => { location.hash = address({ ...now, visit: null, ...change }); };

  const has = (element, name, value) =>
    value === null || (element.dataset[name] || "").split(" ").includes(String(value));
  const show = (element, is) => { element.hidden = !is; return is; };

  function apply(state) {
    now = state;
    document.body.dataset.view = state.view;
    for (const view of all(".view")) view.classList.toggle("on", view.id === `view=${state.view}`);
    const current = (link, is, word) => (is ? link.setAttribute("aria-current", word) : link.removeAttribute("aria-current"));
    for (const link of all("nav a")) current(link, has(link, "view", state.view), "page");
    for (const link of all(".weeks a")) current(link, has(link, "week", state.week), "true");
    for (const week of all(".weekof")) week.classList.toggle("off", !has(week, "w", state.week));
    one("#f-client").value = state.client === null ? "" : data.clients[state.client][1];
    one("#f-nurse").value = state.nurse === null ? "" : data.nurses[state.nurse][1];
    one("#f-day").value = state.day === null ? "" : data.days[state.day][0];
    one("#f-clear").disabled = (state.client ?? state.nurse ?? state.day) === null;
    clients(state);
    board(state);
    map(state);
    sheets(state);
    const word = one("nav [aria-current]").textContent;
    const who = state.client === null ? word : data.clients[state.client][0];
    document.title = `${who} · ${title}`;
    scrollers();
  }

  function clients(state) {
    one(".overview").classList.toggle("off", state.client !== null);
    for (const article of all(".client")) article.classList.toggle("on", has(article, "c", state.client) && state.client !== null);
    const view = one("[id='view=clients']");
    view.toggleAttribute("data-day", state.day !== null && state.client === null);
    if (state.day === null) delete view.dataset.day;
    let shown = 0;
    for (const row of all(".row")) {
      const today = state.day === null || one(`li[data-d="${state.day}"] .v`, row);
      if (show(row, has(row, "n", state.nurse) && Boolean(today)) && row.closest(".weekof:not(.off)")) shown += 1;
    }
    for (const cell of all("[id='view=clients'] .week li")) {
      cell.classList.toggle("today", Number(cell.dataset.d) === state.day);
    }
    show(one(".nomatch", view), shown === 0 && state.client === null);
  }

  const fits = (element, state) =>
    has(element, "n", state.nurse) && has(element, "d", state.day) && has(element, "c", state.client);

  function board(state) {
    const view = one("[id='view=board']");
    let shown = 0;
    for (const day of all(".day", view)) {
      let rows = 0;
      for (const tour of all(".tour", day)) if (show(tour, fits(tour, state))) rows += 1;
      show(day, rows > 0 || (state.day !== null && has(day, "d", state.day) && state.nurse === null && state.client === null));
      shown += rows;
    }
    for (const body of all("details:not(.glance) tbody", view)) show(body, has(body, "n", state.nurse));
    for (const block of all(".b[data-c]", view)) block.classList.toggle("dim", !has(block, "c", state.client));
    for (const row of all(".grid tbody tr", view)) show(row, has(row, "n", state.nurse));
    show(one(".nomatch", view), shown === 0);
  }

  function map(state) {
    const drawing = one("#map");
    if (!drawing) return;
    const listed = all(".legs > li").filter((tour) => {
      const stops = all("li", tour);
      const visits = state.client === null || stops.some((stop) => has(stop, "c", state.client));
      return show(tour, has(tour, "n", state.nurse) && has(tour, "d", state.day) && visits);
    });
    const key = (element) => `${element.dataset.n} ${element.dataset.d}`;
    const keys = new Set(listed.map(key));
    const see = (element, is) => element.setAttribute("visibility", is ? "visible" : "hidden");
    for (const line of all(".line", drawing)) see(line, keys.has(key(line)));
    const single = listed.length === 1 ? listed[0] : null;
    const order = new Map();
    for (const tour of listed) {
      for (const [number, { dataset: { c } }] of all("li", tour).entries()) order.set(c, [...(order.get(c) || []), [number + 1, tour]]);
      one(".stops", tour).classList.toggle("on", tour === single);
    }
    // A number is the place of a stop in its tour: said where one tour alone stops.
    for (const spot of all(".place", drawing)) {
      const stops = spot.dataset.c.split(" ").flatMap((client) => order.get(client) || []);
      const alone = new Set(stops.map((stop) => stop[1])).size === 1;
      const numbers = stops.map((stop) => stop[0]).sort((a, b) => a - b);
      const [first, last] = [numbers[0], numbers.at(-1)];
      spot.setAttribute("class", `place ${stops.length ? "stop" : "far"}${alone ? ` h${stops[0][1].dataset.n % 12}` : ""}`);
      one(".nr", spot).textContent = !alone ? "" : first < last ? `${first}–${last}` : first;
    }
    const nurses = new Set(listed.map((tour) => tour.dataset.n));
    for (const home of all(".home", drawing)) see(home, nurses.has(home.dataset.n));
    show(one("#map-stops .nomatch"), listed.length === 0);
    unit();
  }

  function sheets(state) {
    let shown = 0;
    for (const sheet of all(".sheet")) if (show(sheet, has(sheet, "c", state.client))) shown += 1;
    show(one("[id='view=sheets'] .nomatch"), shown === 0);
  }

  // Regions that scroll can be reached by the keyboard.
  function scrollers() {
    for (const region of all(".scroll")) {
      if (region.scrollWidth > region.clientWidth + 1 || region.scrollHeight > region.clientHeight + 1) region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    }
  }

  // A visit, in a dialog. All text goes in as text.
  const fill = (sentence, ...parts) => sentence.split("{}").reduce((out, piece, i) => out + (parts[i - 1] ?? "") + piece);
  function element(name, text, parent) {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  }
  function open(number) {
    const [client, nurse, care, day, start, end, travel, waiting, marks, met, notFirst, after] = data.visits[number];
    const [line, from, to, own, needs, priority] = data.care[client][care];
    const [who, by] = [data.clients[client], data.nurses[nurse]];
    const box = one("#visit");
    one("#visit-title").textContent = `${who[0]}, ${line}`;
    const body = one("#visit-body");
    body.textContent = "";
    element("p", `${data.days[day][1]}, ${start}–${end}`, body);
    const say = (...sentence) => element("p", fill(...sentence), body);
    const minutes = (number) => `${number} ${words.min}`;
    say(words.window, from, to);
    if (own) say(words.own[Math.sign(after) + 1], own, minutes(Math.abs(after)));
    if (needs) say(words.needs, needs, by[0], by[2]);
    say(words.priority, priority);
    if (travel) say(words.way, minutes(travel));
    if (waiting) say(words.waits, minutes(waiting));
    element("h3", fill(words.why, by[0]), body);
    const why = element("ul", "", body);
    if (marks & 8) element("li", words.pinned, why);
    if (marks & 1) element("li", fill(words.first, by[0]), why);
    if (marks & 2) element("li", fill(words.circle, by[0]), why);
    if (met) element("li", fill(words.met, by[0], `${met} ${words.visit[met === 1 ? 0 : 1]}`, data.history), why);
    if (marks & 4) element("li", fill(words.new, by[0], data.history), why);
    if (notFirst !== null) element("li", fill(words.notFirst[notFirst], data.nurses[who[2]][0]), why);
    const links = element("p", "", body);
    links.className = "links";
    for (const [word, target] of [[who[0], `client=${who[1]}`], [by[0], `nurse=${by[1]}`]]) {
      const link = element("a", word, links);
      link.href = `#${target}`;
      on(link, "click", () => box.close());
    }
    if (!box.open) box.showModal();
  }

  // Pan and zoom: the part of the map that is seen.
  const drawing = one("#map");
  const whole = drawing ? drawing.getAttribute("viewBox").split(" ").map(Number) : [0, 0, 1, 1];
  let seen = [...whole];
  function unit() {
    if (drawing?.clientWidth) {
      const scale = Math.max(seen[2] / drawing.clientWidth, seen[3] / drawing.clientHeight);
      drawing.style.setProperty("--u", scale);
      names();
    }
  }
  // Names that would run into others wait until the map is larger. Those of stops go first.
  function names() {
    const shown = [];
    for (const spot of [".stop", ".home:not([visibility=hidden])", ".far"]) for (const text of all(`${spot} text:not(.nr)`, drawing)) {
      const box = text.getBoundingClientRect();
      const covers = shown.some((a) => a.left < box.right && box.left < a.right && a.top < box.bottom && box.top < a.bottom);
      text.classList.toggle("wait", covers);
      if (!covers) shown.push(box);
    }
  }
  function look(x, y, width) {
    const size = Math.min(whole[2], Math.max(whole[2] / 40, width));
    const height = (size * whole[3]) / whole[2];
    const clamp = (value, most) => Math.min(Math.max(0, value), Math.max(0, most));
    seen = [clamp(x, whole[2] - size), clamp(y, whole[3] - height), size, height];
    drawing.setAttribute("viewBox", seen.map((value) => value.toFixed(1)).join(" "));
    unit();
  }
  const zoom = (factor, x = 0.5, y = 0.5) => {
    const size = Math.min(whole[2], Math.max(whole[2] / 40, seen[2] * factor));
    const height = (size * whole[3]) / whole[2];
    look(seen[0] + (seen[2] - size) * x, seen[1] + (seen[3] - height) * y, size);
  };
  const pan = (x, y) => look(seen[0] + x * seen[2], seen[1] + y * seen[3], seen[2]);
  if (drawing) {
    const moves = {
      "+": () => zoom(0.7), "=": () => zoom(0.7), "-": () => zoom(1.4), "0": () => look(...whole),
      ArrowLeft: () => pan(-0.15, 0), ArrowRight: () => pan(0.15, 0), ArrowUp: () => pan(0, -0.15), ArrowDown: () => pan(0, 0.15),
    };
    on(drawing, "keydown", (event) => {
      const move = moves[event.key];
      if (move && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); move(); }
    });
    on(drawing, "wheel", (event) => {
      if (!event.ctrlKey && document.activeElement !== drawing) return;
      event.preventDefault();
      const box = drawing.getBoundingClientRect();
      zoom(event.deltaY > 0 ? 1.15 : 0.87, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }, { passive: false });
    let held = null;
    on(drawing, "pointerdown", (event) => { held = [event.clientX, event.clientY]; drawing.setPointerCapture(event.pointerId); });
    on(drawing, "pointermove", (event) => {
      if (!held) return;
      pan((held[0] - event.clientX) / drawing.clientWidth, (held[1] - event.clientY) / drawing.clientHeight);
      held = [event.clientX, event.clientY];
    });
    for (const end of ["pointerup", "pointercancel"]) on(drawing, end, () => { held = null; });
    const steps = { in: () => zoom(0.7), out: () => zoom(1.4), all: () => look(...whole) };
    for (const button of all("[data-zoom]")) on(button, "click", steps[button.dataset.zoom]);
  }

  // On the board one visit of each row can be reached by Tab, the others by arrows.
  for (const row of all(".lane")) all(".b", row).forEach((block, i) => block.setAttribute("tabindex", i ? "-1" : "0"));
  on(one("[id='view=board']"), "keydown", (event) => {
    const block = event.target.closest(".b");
    if (!block) return;
    const row = all(".b", block.closest(".lane"));
    const rows = all(".tour:not([hidden]) .lane").filter((lane) => one(".b", lane) && lane.offsetParent);
    const at = row.indexOf(block);
    const beside = (step) => {
      const lane = rows[rows.indexOf(block.closest(".lane")) + step];
      return lane && one(".b[tabindex='0']", lane);
    };
    const next = { ArrowRight: () => row[at + 1], ArrowLeft: () => row[at - 1], Home: () => row[0],
      End: () => row[row.length - 1], ArrowDown: () => beside(1), ArrowUp: () => beside(-1) }[event.key];
    const target = next?.();
    if (!next) return;
    event.preventDefault();
    if (!target) return;
    for (const other of all(".b", target.closest(".lane"))) other.setAttribute("tabindex", other === target ? "0" : "-1");
    target.focus();
  });

  // Links, choices and printing.
  on(document, "click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) {
      const target = link.getAttribute("href");
      if (target.startsWith("#visit=")) { event.preventDefault(); open(Number(target.slice(7))); }
      else if (link.dataset.view) { event.preventDefault(); go({ view: link.dataset.view }); }
      else if (link.dataset.week) { event.preventDefault(); go({ week: Number(link.dataset.week), day: null }); }
      return;
    }
    const button = event.target.closest("[data-print]");
    if (button) print(button.dataset.print);
  });
  function print(which) {
    for (const sheet of all(".sheet")) {
      sheet.classList.toggle("only", which === "all" ? !sheet.hidden : sheet.dataset.c === which);
      if (which !== "all") sheet.hidden = sheet.dataset.c !== which;
    }
    document.body.classList.add("printing");
    window.print();
  }
  on(window, "afterprint", () => { document.body.classList.remove("printing"); sheets(now); });
  let chose = false;
  const choose = (id, change) => on(one(id), "change", (event) => { chose = true; go(change(event.target.value)); });
  choose("#f-client", (key) => ({ client: place(data.clients, decodeURIComponent(key)) }));
  choose("#f-nurse", (key) => ({ nurse: place(data.nurses, decodeURIComponent(key)) }));
  choose("#f-day", (date) => ({ day: dayOf(date), everyDay: date === "" }));
  on(one("#f-clear"), "click", () => { chose = true; go({ client: null, nurse: null, day: null, everyDay: false }); });
  on(window, "hashchange", () => {
    if (location.hash === "#main") return;
    const before = now;
    apply(read());
    if (now.visit !== null) open(now.visit);
    if (!chose && (before.view !== now.view || before.client !== now.client)) {
      const heading = one(".view.on .client.on h2") || one(".view.on h2");
      heading.tabIndex = -1;
      heading.focus();
      scrollTo(0, 0);
    }
    chose = false;
  });
  on(window, "resize", () => { unit(); scrollers(); });
  apply(now);
  // The browser goes to the element of the address; the page begins at its top.
  on(window, "load", () => setTimeout(() => scrollTo(0, 0)));
  if (now.visit !== null) open(now.visit);
})();
