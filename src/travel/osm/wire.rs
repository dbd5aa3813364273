//! The bare wire form of protocol buffers: fields of a message, without knowing the message.
//!
//! # References
//! Protocol Buffers documentation, Encoding: varints, tags, packed fields, zigzag.

/// The error for bytes that are not a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

/// The value of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// A fixed 32-bit or 64-bit value; no field of an extract has one.
    Fixed,
}

/// The fields of a message in order, as (number, value); ends after the first malformed one.
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) fn of(message: &'a [u8]) -> Self {
        Self { rest: message }
    }

    fn field(&mut self) -> Result<(u64, Value<'a>), Malformed> {
        let tag = varint(&mut self.rest)?;
        let number = tag >> 3;
        if number == 0 || number > 0x1fff_ffff {
            return Err(Malformed);
        }
        let value = match tag & 7 {
            0 => Value::Number(varint(&mut self.rest)?),
            1 => self.take(8).map(|_| Value::Fixed)?,
            2 => {
                let length = usize::try_from(varint(&mut self.rest)?).map_err(|_| Malformed)?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Value::Fixed)?,
            // Groups are deprecated, and they could nest without end.
            _ => return Err(Malformed),
        };
        Ok((number, value))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Malformed)?;
        self.rest = rest;
        Ok(taken)
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.rest = &[];
        }
        Some(field)
    }
}

/// Takes one variable-length number off the front: seven bits a byte, lowest first.
fn varint(bytes: &mut &[u8]) -> Result<u64, Malformed> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(Malformed)?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(Malformed)
}

/// Calls `each` for every number of a repeated field, packed or not.
pub(super) fn numbers<E: From<Malformed>>(
    value: Value<'_>,
    mut each: impl FnMut(u64) -> Result<(), E>,
) -> Result<(), E> {
    match value {
        Value::Number(number) => each(number),
        Value::Bytes(mut packed) => {
            while !packed.is_empty() {
                each(varint(&mut packed)?)?;
            }
            Ok(())
        }
        Value::Fixed => Ok(()),
    }
}

/// A signed number from its zigzag form: 0, -1, 1, -2, 2 from 0, 1, 2, 3, 4.
pub(super) fn zigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_message_are_read_in_order() {
        // 1: varint 150 (96 01); 2: bytes "ab"; 3: fixed 32.
        let message = [0x08, 0x96, 0x01, 0x12, 0x02, b'a', b'b', 0x1d, 0, 0, 0, 0];
        let fields: Vec<_> = Fields::of(&message).collect();
        assert_eq!(
            fields,
            [Ok((1, Value::Number(150))), Ok((2, Value::Bytes(b"ab"))), Ok((3, Value::Fixed))]
        );
    }

    #[test]
    fn what_is_cut_off_is_malformed_and_ends_the_message() {
        for message in [&[0x08][..], &[0x08, 0x80], &[0x12, 5, 1], &[0x0b], &[0x00, 0], &[0xff; 11]] {
            assert_eq!(Fields::of(message).collect::<Vec<_>>(), [Err(Malformed)], "{message:?}");
        }
    }

    #[test]
    fn zigzag_reaches_both_ends() {
        let expected = [0, -1, 1, -2, 2];
        assert_eq!([0, 1, 2, 3, 4].map(zigzag), expected);
        assert_eq!([u64::MAX, u64::MAX - 1].map(zigzag), [i64::MIN, i64::MAX]);
    }
}
