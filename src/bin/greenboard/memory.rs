//! The program's memory: mimalloc's, but that a theme's template which asks for more at once than
//! any page can need is told of in words, where the system would end the program.

use std::alloc::{GlobalAlloc, Layout};
use std::ffi::c_long;

use greenboard::guard::asked_for;
use libmimalloc_sys::{mi_collect, mi_option_set, mi_option_t};
use mimalloc::MiMalloc;

/// `mi_option_purge_delay` of mimalloc.h, in milliseconds, which has no name in Rust.
const PURGE_DELAY: mi_option_t = 15;
/// How long memory stays that a build no longer uses, in milliseconds.
const HELD: c_long = 1_000;

/// For a program that stays: keeps what a build no longer uses until that is shown, as it may be
/// wanted again at once.
pub fn hold_back() {
    purge_after(HELD);
}

/// Gives back to the system what is no longer used, in threads that ended too, and at once what
/// comes to be unused: a preview that waits takes a third less.
pub fn give_back() {
    purge_after(0);
    // SAFETY: nothing is asked of the caller.
    unsafe { mi_collect(true) }
}

fn purge_after(delay: c_long) {
    // SAFETY: it stores a number; nothing else is asked of the caller.
    unsafe { mi_option_set(PURGE_DELAY, delay) }
}

/// Mimalloc's memory, with an eye on what is asked for.
pub struct Watched;

// SAFETY: every call is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        asked_for(layout.size());
        unsafe { MiMalloc.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        asked_for(layout.size());
        unsafe { MiMalloc.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        asked_for(size);
        unsafe { MiMalloc.realloc(old, layout, size) }
    }

    unsafe fn dealloc(&self, old: *mut u8, layout: Layout) {
        unsafe { MiMalloc.dealloc(old, layout) }
    }
}
