//! stub
pub fn times(document: &crate::model::Document, _: &std::path::Path) -> crate::error::Result<crate::model::TravelTimes> {
    use crate::model::document::*;
    let n = document.nurses.len()+document.clients.len();
    let mut t = crate::model::TravelTimes::new(n);
    let pl: Vec<Place> = document.nurses.iter().map(|x| x.home).chain(document.clients.iter().map(|c| c.location)).collect();
    let idx: Vec<usize> = pl.iter().map(|p| p.index.unwrap_or(0) as usize).collect();
    for mode in Mode::ALL {
        let mut v = vec![];
        match &document.travel {
            Travel::Matrix(m) => if let Some(m) = m.of(mode) { for &i in &idx { for &j in &idx { v.push(m[i][j]); } } },
            Travel::Straight(s) => { let k = s.modes.of(mode); for a in &pl { for b in &pl {
                let (x, y) = (a.coordinates().unwrap(), b.coordinates().unwrap());
                let d = (((x.0-y.0)*111000.0).powi(2) + ((x.1-y.1)*68000.0).powi(2)).sqrt();
                v.push(if d == 0.0 { 0 } else { (d * s.detour / (k.kmh / 3.6)).ceil() as u32 + k.stop_seconds }); } } }
            _ => {}
        }
        let _ = t.set(mode, v);
    }
    Ok(t)
}
