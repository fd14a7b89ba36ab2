//! Blocks in, plain blocks out.
