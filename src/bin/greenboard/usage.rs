//! Wrong commands, told in words.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use greenboard::diag::Language;

use crate::exit::Exit;
use crate::terminal::Terminal;
use crate::words;

/// Why there is nothing to run: help was wanted, or the command was wrong.
#[derive(Debug)]
pub struct Refused(pub clap::Error);

impl Refused {
    /// Shows help, or says what is wrong with the command.
    pub fn show(self, language: Language) -> Exit {
        let terminal = Terminal::plain(language);
        if !self.0.use_stderr() {
            terminal.result(&self.0.render().to_string());
            return Exit::Done;
        }
        let (what, hints) = self.worded(&terminal);
        terminal.usage(&what, &hints);
        Exit::Usage
    }

    fn worded(&self, terminal: &Terminal) -> (String, Vec<String>) {
        let value = |kind| match self.0.get(kind) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(texts)) => texts.join(", "),
            _ => String::new(),
        };
        let hint = |kind, phrase| {
            let text = value(kind);
            (!text.is_empty()).then(|| terminal.say(phrase, &[&text]))
        };
        let mut hints = Vec::new();
        let what = match self.0.kind() {
            ErrorKind::InvalidSubcommand => {
                hints.extend(hint(ContextKind::SuggestedSubcommand, words::DID_YOU_MEAN));
                terminal.say(words::NO_COMMAND, &[&value(ContextKind::InvalidSubcommand)])
            }
            ErrorKind::UnknownArgument => {
                hints.extend(hint(ContextKind::SuggestedArg, words::DID_YOU_MEAN));
                terminal.say(words::NO_OPTION, &[&value(ContextKind::InvalidArg)])
            }
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
                hints.extend(hint(ContextKind::SuggestedValue, words::DID_YOU_MEAN));
                hints.extend(hint(ContextKind::ValidValue, words::ONE_OF));
                let example = std::error::Error::source(&self.0).map(ToString::to_string);
                hints.extend(example.map(|example| terminal.say(words::EXAMPLE, &[&example])));
                let (arg, given) = (
                    value(ContextKind::InvalidArg),
                    value(ContextKind::InvalidValue),
                );
                terminal.say(words::BAD_VALUE, &[&arg, &given])
            }
            ErrorKind::MissingRequiredArgument => {
                terminal.say(words::MISSING, &[&value(ContextKind::InvalidArg)])
            }
            _ => self.0.render().to_string().trim_end().to_owned(),
        };
        (what, hints)
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::command::command;

    #[test]
    fn wrong_commands_are_told_in_words() {
        let said = |args: &[&str]| {
            let args = ["greenboard"].iter().chain(args);
            let error = command(Language::Chinese).try_get_matches_from(args);
            let refused = Refused(error.expect_err("it is wrong"));
            let (what, hints) = refused.worded(&Terminal::plain(Language::Chinese));
            [vec![what], hints].concat().join("\n")
        };
        assert_snapshot!(said(&["bulid"]), @"
        没有 `bulid` 这个命令
        是不是想写 `build`？
        ");
        assert_snapshot!(said(&["build", "--mnth", "2026-12"]), @"
        没有 `--mnth` 这个选项
        是不是想写 `--month`？
        ");
        assert_snapshot!(said(&["build", "--month", "十二月"]), @"
        `--month <MONTH>` 不能是 `十二月`
        例如 2026-12
        ");
        assert_snapshot!(said(&["build", "--only", "wbe"]), @"
        `--only <ONLY>` 不能是 `wbe`
        可以写：web, print
        ");
        assert_snapshot!(said(&["new", "guide"]), @"缺少 <TITLE>");
    }
}
