//! The keys that files may have, and the forms of their values.

/// The keys that a mapping may have, each with its other names and the form of its value.
pub type Keys = &'static [Key];
/// A key, its other names and the form of its value.
pub type Key = (&'static str, &'static [&'static str], Form);

/// The form of a value, for editors that help with typing; reading checks more.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Words.
    Text,
    /// A list of words, or one.
    Texts,
    /// A date.
    Day,
    /// A date, or a word that says that there is none.
    LastDay,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A mapping with these keys.
    Map(Keys),
    /// A list of mappings with these keys.
    Maps(Keys),
    /// A list of dates, or of mappings with these keys in place of some; or one of them.
    DaysOr(Keys),
    /// A list of words, or of mappings with these keys in place of some; or one of them.
    TextsOr(Keys),
    /// A mapping of names of one's own to numbers.
    Numbers,
    /// A form of its own.
    Free,
}
