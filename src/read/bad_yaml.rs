//! Why a text cannot be understood as YAML, and what to do about it.

use std::fmt;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Fix, Source, Span};

/// Why a text cannot be understood, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct YamlError {
    /// What is wrong.
    pub cause: Cause,
    /// The byte in the whole file.
    pub at: usize,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Anything else, in the parser's words or ours.
    Grammar(String),
    /// A quote without its partner.
    Quote {
        /// The line as it was perhaps meant.
        line: String,
    },
    /// A bracket without its partner.
    Bracket {
        /// The bracket.
        open: char,
        /// Its partner.
        close: char,
        /// The line with the partner at its end.
        line: String,
        /// The line with its value in quotes.
        quoted: String,
    },
    /// A line that is no key with its value.
    NoKey,
    /// A line that is indented though the one above is complete.
    Indented,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Grammar(words) => words,
            Self::Quote { .. } => "a quote without its partner",
            Self::Bracket { .. } => "a bracket without its partner",
            Self::NoKey => "a line without a key",
            Self::Indented => "a line that is indented too far",
        })
    }
}

impl YamlError {
    pub(super) fn grammar(cause: impl Into<String>, at: usize) -> Self {
        Self {
            cause: Cause::Grammar(cause.into()),
            at,
        }
    }

    /// Returns the message for it in `source`.
    pub fn diagnostic(&self, source: &Arc<Source>) -> Diagnostic {
        let told = match &self.cause {
            Cause::Grammar(_) => Diagnostic::new(Code::BrokenYaml),
            Cause::Quote { line } => Diagnostic::new(Code::OpenQuote)
                .with("line", line)
                .with_fix(self.written(source, line)),
            Cause::Bracket {
                open,
                close,
                line,
                quoted,
            } => Diagnostic::new(Code::OpenBracket)
                .with("open", open)
                .with("close", close)
                .with("line", line)
                .with("quoted", quoted),
            Cause::NoKey => Diagnostic::new(Code::LineWithoutKey),
            Cause::Indented => Diagnostic::new(Code::LineIndented),
        };
        told.at(Span::new(source, self.at..self.at))
    }

    /// Puts `line` in the place of the one where reading failed, whose indentation stays.
    fn written(&self, source: &Arc<Source>, line: &str) -> Fix {
        let text = &source.text;
        let start = text[..self.at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[self.at..]
            .find('\n')
            .map_or(text.len(), |end| self.at + end);
        let old = text[start..end].trim();
        let start = start + text[start..end].find(old).unwrap_or(0);
        Fix::put(Span::new(source, start..start + old.len()), line.trim())
    }
}
