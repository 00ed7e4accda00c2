//! Checks of the whole town.
