//! The command line understood, with its help in the language that is spoken.

use std::collections::BTreeMap;

use clap::{CommandFactory, FromArgMatches};
use greenboard::diag::Language;
use serde::Deserialize;

use crate::args::Args;
use crate::usage::Refused;

/// Understands the command line; help is in `language`.
pub fn parse(language: Language) -> Result<Args, Refused> {
    let command = command(language);
    let matches = command.try_get_matches().map_err(Refused)?;
    Args::from_arg_matches(&matches).map_err(Refused)
}

/// The Chinese help of one command, by the names of its arguments.
#[derive(Debug, Deserialize)]
struct Help {
    about: String,
    #[serde(default)]
    args: BTreeMap<String, String>,
}

/// Returns the command line with its help in `language`.
pub fn command(language: Language) -> clap::Command {
    let command = Args::command();
    match language {
        Language::English => command,
        Language::Chinese => {
            let help = serde_yaml::from_str(include_str!("help.zh.yaml"));
            chinese(command, &help.expect("a test reads the Chinese help"))
        }
    }
}

fn chinese(command: clap::Command, help: &BTreeMap<String, Help>) -> clap::Command {
    let name = command.get_name().to_owned();
    let common = help.get("greenboard");
    let Some(own) = help.get(&name) else {
        return command;
    };
    let mut template = "{about}\n\n用法：{usage}\n".to_owned();
    if command.has_subcommands() {
        template.push_str("\n命令：\n{subcommands}\n");
    }
    if command.get_positionals().next().is_some() {
        template.push_str("\n参数：\n{positionals}\n");
    }
    template.push_str("\n选项：\n{options}");
    let word = |id: &str| own.args.get(id).or_else(|| common?.args.get(id));
    command
        .about(own.about.clone())
        .help_template(template)
        .mut_args(|arg| match word(arg.get_id().as_str()) {
            Some(word) => arg.help(word.clone()),
            None => arg,
        })
        .mut_subcommands(|command| chinese(command, help))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn help(language: Language, args: &[&str]) -> String {
        let args = ["greenboard"].iter().chain(args);
        let shown = command(language).try_get_matches_from(args);
        shown.expect_err("help is shown").render().to_string()
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
        command(Language::Chinese).debug_assert();
    }

    #[test]
    fn everything_has_its_chinese_words() {
        let help: BTreeMap<String, Help> =
            serde_yaml::from_str(include_str!("help.zh.yaml")).expect("it is YAML");
        let command = Args::command();
        for command in command.get_subcommands().chain([&command]) {
            let own = &help[command.get_name()];
            let ids: Vec<&str> = command
                .get_arguments()
                .map(|arg| arg.get_id().as_str())
                .collect();
            let known: Vec<&str> = own.args.keys().map(String::as_str).collect();
            for id in &ids {
                assert!(known.contains(id), "{} {id}", command.get_name());
            }
            for id in known {
                assert!(ids.contains(&id), "{} has no {id}", command.get_name());
            }
        }
    }

    #[test]
    fn help_reads_like_this() {
        assert_snapshot!(help(Language::Chinese, &["--help"]), @"
        绿板：用 Markdown 写内容，生成社区网站、宣传栏海报和更换安排表

        用法：greenboard [OPTIONS] [COMMAND]

        命令：
          build     生成网站、打印件和安排表（不写命令时就是它）
          check     只检查，什么也不写
          plan      看哪块栏什么时候挂什么
          change    钉住一张、不挂一张、停用一块栏
          urgent    急件要的都放在一起：谁挂哪里、海报、群消息、屏上的字
          post      记台账：挂了什么、谁挂的、照片
          ledger    整理台账里编号重复的行
          status    看现在该挂什么、什么没有记、什么快到期
          serve     在浏览器里预览，改了文件马上更新
          init      建一个自己的网站
          new       新建一篇通知、指南、宣传栏、集中宣传，或一个主题
          import    导入 Word、Excel、图片、粘贴的文字，和别的网站的文件夹
          undo      收回命令上一次对文件的改动
          schema    给编辑器用的 JSON Schema：能补全键名、标出写错的地方
          report    写一份月报，交上级
          archive   汇总一年的迎检材料
          handover  写一份交接单，给接手的人
          share     做要发到公众号、居民群和屏上的

        选项：
              --root <DIR>    网站文件夹 [不写：往上找最近的有 greenboard.yaml 的文件夹]
              --today <DATE>  按哪一天生成，例如 2026-11-23 [不写：今天]
          -q, --quiet         只说有问题的地方
              --json          输出一个 JSON，给别的程序用
              --lang <LANG>   提示用什么语言，zh 或 en [不写：跟网站一样]
          -h, --help          显示用法
          -V, --version       显示版本
        ");
        assert_snapshot!(help(Language::Chinese, &["build", "--help"]), @"
        生成网站、打印件和安排表（不写命令时就是它）

        用法：greenboard build [OPTIONS]

        选项：
              --month <MONTH>  打印哪个月，例如 2026-12，可以写几次 [不写：本月，20 日起加上下月]
              --only <ONLY>    只做一样 [possible values: web, print]
              --public <DIR>   网站放在哪里 [不写：public]
              --print <DIR>    打印件放在哪里 [不写：print]
              --drafts         网站上也放没有签发的，带着记号
              --future         网站上也放还没到日子的
              --root <DIR>     网站文件夹 [不写：往上找最近的有 greenboard.yaml 的文件夹]
              --today <DATE>   按哪一天生成，例如 2026-11-23 [不写：今天]
          -q, --quiet          只说有问题的地方
              --json           输出一个 JSON，给别的程序用
              --lang <LANG>    提示用什么语言，zh 或 en [不写：跟网站一样]
          -h, --help           显示用法
        ");
        assert_snapshot!(help(Language::English, &["new", "--help"]), @"
        Create a notice, guide, board, campaign or theme to fill in

        Usage: greenboard new [OPTIONS] <KIND> <TITLE>

        Arguments:
          <KIND>   What to write [possible values: notice, guide, board, campaign, theme]
          <TITLE>  Its title

        Options:
              --slug <SLUG>    The file's name without ending [default: spelt from the title]
              --topic <TOPIC>  The topic, such as water
              --date <DATE>    Its first day [default: today]
              --root <DIR>     The site's folder [default: the nearest one upward with a greenboard.yaml]
              --today <DATE>   The day to build for, such as 2026-11-23 [default: today]
          -q, --quiet          Say only what is wrong
              --json           Print one JSON object for machines
              --lang <LANG>    The language of messages: zh or en [default: the site's]
          -h, --help           Print help
        ");
    }
}
