//! The sample community.
