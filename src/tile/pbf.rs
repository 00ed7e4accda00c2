//! The few protocol-buffer forms that a vector tile needs.
//!
//! Our own because it is the path from tile to city: no allocation a field, no generated code in the browser.

use crate::error::{Error, Result};

/// Reads fields off a message.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    bytes: &'a [u8],
}

/// A field's value.
pub enum Field<'a> {
    /// A varint.
    Varint(u64),
    /// Four bytes.
    Fixed32([u8; 4]),
    /// Eight bytes.
    Fixed64([u8; 8]),
    /// A string, a message or packed numbers.
    Bytes(&'a [u8]),
}

impl<'a> Reader<'a> {
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub fn varint(&mut self) -> Result<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let [byte, rest @ ..] = self.bytes else { return Err(cut()) };
            self.bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Error::new("the tile holds a number of more than 64 bits"))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or_else(cut)?;
        self.bytes = rest;
        Ok(taken)
    }

    /// The next field's number and value, or `None` at the end.
    pub fn field(&mut self) -> Result<Option<(u64, Field<'a>)>> {
        if self.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        let value = match tag & 7 {
            0 => Field::Varint(self.varint()?),
            1 => Field::Fixed64(self.take(8)?.try_into().unwrap_or_default()),
            2 => {
                let length = usize::try_from(self.varint()?).map_err(|_| cut())?;
                Field::Bytes(self.take(length)?)
            }
            5 => Field::Fixed32(self.take(4)?.try_into().unwrap_or_default()),
            other => return Err(Error::new(format!("the tile holds a field of unknown wire type {other}"))),
        };
        Ok(Some((tag >> 3, value)))
    }
}

fn cut() -> Error {
    Error::new("the tile ends in the middle of a value")
}

/// Undoes zigzag coding.
pub const fn unzigzag(value: u32) -> i32 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

/// Zigzag coding: small numbers of either sign become small.
pub const fn zigzag(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)).cast_unsigned()
}

/// Writes a varint.
pub fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Writes a varint field.
pub fn put_uint(out: &mut Vec<u8>, field: u64, value: u64) {
    put_varint(out, field << 3);
    put_varint(out, value);
}

/// Writes a length-delimited field.
pub fn put_bytes(out: &mut Vec<u8>, field: u64, value: &[u8]) {
    put_varint(out, field << 3 | 2);
    put_varint(out, value.len() as u64);
    out.extend_from_slice(value);
}

/// Writes a field of packed varints.
pub fn put_packed(out: &mut Vec<u8>, field: u64, values: &[u32]) {
    let mut packed = Vec::with_capacity(values.len() * 2);
    for &value in values {
        put_varint(&mut packed, u64::from(value));
    }
    put_bytes(out, field, &packed);
}
