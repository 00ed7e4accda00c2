//! The tests of the whole program, in one binary: each binary is linked anew in each fresh clone. What counts all memory
//! (`memory`) and what is timed (`killed`) has one of its own.
#![allow(missing_docs)]

mod bad_input;
mod configured;
mod context;
mod downloads;
mod fetch;
mod joins;
mod kentallen;
mod planted;
mod previous;
mod real_data;
mod real_xml;
mod registers;
mod support;
mod xml_input;
mod zoeken;
