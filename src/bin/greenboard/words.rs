//! The program's own words, in both languages.
//!
//! Messages about content stand in the library's catalogue; here is only what the program says
//! of its own doing.

use greenboard::diag::Language;

/// A phrase in Chinese and English.
#[derive(Debug, Clone, Copy)]
pub struct Phrase(pub &'static str, pub &'static str);

impl Phrase {
    /// Returns the phrase in `language`, with `{}` replaced by `values` in turn.
    pub fn say(self, language: Language, values: &[&str]) -> String {
        let text = match language {
            Language::Chinese => self.0,
            Language::English => self.1,
        };
        let mut parts = text.split("{}");
        let mut said = parts.next().unwrap_or_default().to_owned();
        for (part, value) in parts.zip(values) {
            said.push_str(value);
            said.push_str(part);
        }
        said
    }
}

pub const READING: Phrase = Phrase("读文件", "reading");
pub const MEASURING: Phrase = Phrase("试排海报", "trying which poster fits where");
pub const PLANNING: Phrase = Phrase("排更换安排表", "planning");
pub const SETTING: Phrase = Phrase("排海报", "setting posters");
pub const RENDERING: Phrase = Phrase("做网页和打印件", "making pages and sheets");
pub const WRITING: Phrase = Phrase("写文件", "writing");

pub const ERROR: Phrase = Phrase("错误", "error");
pub const WARNING: Phrase = Phrase("警告", "warning");
pub const NOTE: Phrase = Phrase("提示", "note");
pub const COLON: Phrase = Phrase("：", ": ");
pub const HINT: Phrase = Phrase("提示：", "hint: ");
pub const KEPT_OLD: Phrase = Phrase(
    "共 {} 处错误。什么也没有写，上一次的结果还在。",
    "errors: {}. Nothing was written; the last good output stays.",
);
pub const ERRORS: Phrase = Phrase("共 {} 处错误。", "errors: {}.");
pub const MORE_NOTES: Phrase = Phrase(
    "还有 {} 条提示，用 --json 看全部",
    "{} more notes; see them all with --json",
);

pub const PUBLISHED: Phrase = Phrase(
    "定稿了：{} 张，写在 {}",
    "Published: {} hangings, in {}",
);
pub const EARLIER_PLAN: Phrase = Phrase("原来的定稿留在 {}", "The earlier one is kept in {}");
pub const NO_SUCH_PAGE: Phrase = Phrase(
    "没有这一篇：{}，或者它没有写 poster",
    "no such page, or it has no poster: {}",
);
pub const NO_SUCH_SLOT: Phrase = Phrase("没有这一格：{}", "no such slot: {}");
pub const SLOT_EXAMPLE: Phrase = Phrase(
    "写成“宣传栏编号/格号”，例如 {}",
    "write board and slot, such as {}",
);
pub const NO_ROOM: Phrase = Phrase(
    "没有地方挂，定稿没有动",
    "There is no room; the published plan stays",
);

pub const MADE: Phrase = Phrase(
    "做好了：{} 个网页，{} 张海报，{} 块宣传栏；{}。用时 {} 秒",
    "Made {} web pages and {} posters for {} boards; {}. It took {} s",
);
pub const WEB: Phrase = Phrase("网站", "Website");
pub const PRINT: Phrase = Phrase("打印", "Print");
pub const FILES: Phrase = Phrase(
    "{} 个文件换新，{} 个没有变",
    "{} files written, {} unchanged",
);
pub const NEXT_OPEN: Phrase = Phrase("下一步：用浏览器打开 {}", "Next: open {} in a browser");
pub const NEXT_PRINT: Phrase = Phrase("下一步：打印 {} 里的文件", "Next: print what is in {}");
pub const ALL_WELL: Phrase = Phrase(
    "没有发现要改的地方：{} 页，{} 块宣传栏",
    "Nothing is wrong: {} pages, {} boards",
);
pub const PREVIEW: Phrase = Phrase("预览：{}", "Preview: {}");
pub const STOP: Phrase = Phrase(
    "改了文件会自动更新；按 Ctrl+C 结束",
    "It follows every change; Ctrl+C ends it",
);
pub const UPDATED: Phrase = Phrase("已更新，用时 {} 秒", "updated in {} s");
pub const ENDED: Phrase = Phrase("预览结束", "Preview ended");
pub const CREATED: Phrase = Phrase("建好了 {}", "Created {}");
pub const NEW_NEXT: Phrase = Phrase(
    "写好以后，删掉 `status: draft` 那一行；一边写一边看：greenboard serve",
    "When it is written, delete the line `status: draft`; watch it meanwhile: greenboard serve",
);
pub const NEW_BOARD_NEXT: Phrase = Phrase(
    "量好尺寸、改好版面，再删掉 `fixed: 待启用`；一边改一边看：greenboard serve",
    "Measure it, mend the slots, then delete `fixed: not yet`; watch it meanwhile: greenboard serve",
);
pub const ASK_NAME: Phrase = Phrase("社区名称", "Name of the community");
pub const ASK_CITY: Phrase = Phrase("所在城市", "City");
pub const ASK_TOPIC: Phrase = Phrase("主题（{}）", "Topic ({})");
pub const INIT_DONE: Phrase = Phrase(
    "{}的网站建好了，在 {}（{} 个文件）",
    "The site of {} is in {} ({} files)",
);
pub const INIT_CHECK: Phrase = Phrase(
    "先改成自己的：greenboard.yaml 里的电话、地址、网址；示例里的人名、电话、路名和《{}生活垃圾管理办法》都是虚构的",
    "Make it yours first: phone, address and web address in greenboard.yaml; people, phones, streets and the rules of {} in the sample are fictional",
);
pub const INIT_NEXT: Phrase = Phrase(
    "下一步：cd {}，然后 greenboard serve",
    "Next: cd {}, then greenboard serve",
);

pub const USAGE: Phrase = Phrase("用法错误：{}", "wrong usage: {}");
pub const SEE_HELP: Phrase = Phrase("看用法：greenboard --help", "see greenboard --help");
pub const NO_COMMAND: Phrase = Phrase("没有 `{}` 这个命令", "there is no command `{}`");
pub const NO_OPTION: Phrase = Phrase("没有 `{}` 这个选项", "there is no option `{}`");
pub const BAD_VALUE: Phrase = Phrase("`{}` 不能是 `{}`", "`{}` cannot be `{}`");
pub const MISSING: Phrase = Phrase("缺少 {}", "{} is missing");
pub const DID_YOU_MEAN: Phrase = Phrase("是不是想写 `{}`？", "did you mean `{}`?");
pub const ONE_OF: Phrase = Phrase("可以写：{}", "one of: {}");
pub const EXAMPLE: Phrase = Phrase("例如 {}", "for example {}");
pub const BAD_NAME: Phrase = Phrase(
    "`{}` 不能当名称：只用文字、空格和（）·-，2–24 个字",
    "`{}` cannot be a name: letters, spaces and ·- only, 2 to 24 of them",
);
pub const BAD_SLUG: Phrase = Phrase(
    "`{}` 不能当文件名：只用字母、数字和 -",
    "`{}` cannot be a file's name: use letters, figures and -",
);
pub const NO_SLUG: Phrase = Phrase(
    "标题里没有能拼成文件名的字",
    "the title has nothing to make a file's name from",
);
pub const GIVE_SLUG: Phrase = Phrase(
    "用 --slug 给一个名字，例如 --slug winter-heating",
    "give one with --slug, for example --slug winter-heating",
);
pub const NO_FOLDER: Phrase = Phrase("没有 `{}` 这个文件夹", "there is no folder `{}`");
pub const NO_PREVIEW: Phrase = Phrase("预览打不开（{}）", "the preview cannot start ({})");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_take_their_values_in_turn() {
        assert_eq!(
            BAD_VALUE.say(Language::English, &["a", "{}"]),
            "`a` cannot be `{}`"
        );
        assert_eq!(MADE.0.matches("{}").count(), MADE.1.matches("{}").count());
    }
}
