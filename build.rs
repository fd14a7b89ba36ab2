//! Tells Cargo that the theme and the sample travel in the binary.

fn main() {
    println!("cargo:rerun-if-changed=themes");
    println!("cargo:rerun-if-changed=cities");
    println!("cargo:rerun-if-changed=content");
}
