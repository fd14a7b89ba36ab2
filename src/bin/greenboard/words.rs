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
pub const DELIVERING: Phrase = Phrase("缩小照片、裁剪字体", "making photos small");
pub const WRITING: Phrase = Phrase("写文件", "writing");

pub const ERROR: Phrase = Phrase("错误", "error");
pub const WARNING: Phrase = Phrase("警告", "warning");
pub const NOTE: Phrase = Phrase("提示", "note");
pub const COLON: Phrase = Phrase("：", ": ");
pub const HINT: Phrase = Phrase("提示：", "hint: ");
pub const KEPT_OLD: Phrase = Phrase(
    "共 {} 处错误。什么也没有写，原有的都还在。",
    "errors: {}. Nothing was written; what was there stays.",
);
pub const NEW_STANDS: Phrase = Phrase(
    "新的结果已经写好，但收尾时有 {} 处错误。",
    "The new output stands, but there were errors afterwards: {}.",
);
pub const HALF_WAY: Phrase = Phrase(
    "共 {} 处错误。有的文件夹已是新的，有的还是上一次的；再运行一次就会做完。",
    "errors: {}. Some folders are new, others are the last ones; run it again to finish.",
);
pub const SHARED: Phrase = Phrase(
    "做好了，发之前看一眼：",
    "Made; look at them before you send them:",
);
pub const SHARE_WHICH: Phrase = Phrase(
    "要发哪一篇？写上文件名，例如 greenboard share message notices/2026-12/flue；这个月新的全部，写 greenboard share --month 2026-12",
    "Which page? Name its file, as in greenboard share message notices/2026-12/flue; for all that is new in a month, greenboard share --month 2026-12",
);
pub const WAITING: Phrase = Phrase(
    "另一个绿板正在写这个网站，等它写完……",
    "Another Greenboard is writing this site; waiting for it…",
);
pub const ERRORS: Phrase = Phrase("共 {} 处错误。", "errors: {}.");
pub const MORE_NOTES: Phrase = Phrase(
    "还有 {} 条提示，用 --json 看全部",
    "{} more notes; see them all with --json",
);

pub const PUBLISHED: Phrase = Phrase(
    "定稿了：新定 {} 张，一共 {} 张，写在 {}",
    "Published: {} new hangings, {} in all, in {}",
);
pub const EARLIER_PLAN: Phrase = Phrase("原来的定稿留在 {}", "The earlier one is kept in {}");
pub const NOTHING_TO_REPAIR: Phrase = Phrase(
    "台账里没有编号重复的行",
    "No two lines of the ledger have one number",
);
pub const NOTHING_TO_UNDO: Phrase = Phrase("没有能收回的改动", "There is nothing to take back");
pub const UNDONE: Phrase = Phrase(
    "收回了上一次的改动，这些文件和原来一样了：",
    "Took the last change back; these files are as they were:",
);
pub const REPAIR_REPEATED: Phrase = Phrase(
    "{} 第 {} 行和前面的 {} 重复，改成了注释",
    "{}, line {}: repeats {}; a remark now",
);
pub const REPAIR_CONTRADICTING: Phrase = Phrase(
    "{} 第 {} 行和前面的 {} 编号相同，内容又对不上，改成了注释；请核对，要改用 greenboard post --correct",
    "{}, line {}: has the number of {} and contradicts it; a remark now. Look which is true, and use greenboard post --correct",
);
pub const REPAIR_RENAMED: Phrase = Phrase(
    "{} 第 {} 行和前面的 {} 编号相同，内容不同，编号改为 {}",
    "{}, line {}: had the number of {} and says something else; its number is {} now",
);
pub const REPAIR_KEPT: Phrase = Phrase("原来的台账留在 {}", "The earlier file is kept in {}");
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
pub const NEXT_CHANGE: Phrase = Phrase(
    "网站下一次自己变：{}（{}），到那天再生成一次",
    "The website next changes by itself on {} ({}): build again then",
);
pub const BETWEEN: Phrase = Phrase("；", "; ");
pub const NOT_FOR_ALL: Phrase = Phrase(
    "这一份带着没有签发或还没到日子的内容，不要放到网上",
    "It holds what is not approved or has not begun: keep it offline",
);
pub const CHANGE_STARTS: Phrase = Phrase("《{}》开始", "“{}” begins");
pub const CHANGE_EXPIRES: Phrase = Phrase("《{}》到期", "“{}” is over");
pub const CHANGE_BOARD: Phrase = Phrase("{}换", "{} changes over");
pub const CHANGE_EVENT: Phrase = Phrase(
    "《{}》的活动临近或结束",
    "the event of “{}” nears or is over",
);
pub const CHANGE_POSTING: Phrase =
    Phrase("《{}》的公示期又过一天", "a day of posting of “{}” goes by");
pub const CHANGE_CAMPAIGN: Phrase = Phrase("《{}》起止", "“{}” begins or ends");
pub const CHANGE_STAGE: Phrase = Phrase("《{}》的阶段到日子", "a stage of “{}” is due");
pub const CHANGE_DUTY: Phrase = Phrase("《{}》的例行工作换一期", "a duty of “{}” comes round");
pub const CHANGE_YEAR: Phrase = Phrase("换一年", "a new year");

pub const NEXT_OPEN: Phrase = Phrase("下一步：用浏览器打开 {}", "Next: open {} in a browser");
pub const NEXT_PRINT: Phrase = Phrase("下一步：打印 {} 里的文件", "Next: print what is in {}");
pub const ALL_WELL: Phrase = Phrase(
    "没有发现要改的地方：{} 页，{} 块宣传栏",
    "Nothing is wrong: {} pages, {} boards",
);
pub const STANDING: Phrase = Phrase(
    "做是做好了，上面还有 {} 条警告没有处理，请看一看",
    "All is made, and the warnings above still stand: {}",
);
pub const WARNED: Phrase = Phrase(
    "没有错误，能生成；上面 {} 条警告请看一看（{} 页，{} 块宣传栏）",
    "No errors, it can be built; look at the warnings above: {} ({} pages, {} boards)",
);
pub const CAN_MEND: Phrase = Phrase(
    "其中 {} 处能自动改：greenboard check --fix（先看会改什么：再加 --dry-run）",
    "{} of these can be mended for you: greenboard check --fix (add --dry-run to look first)",
);
pub const MENDED: Phrase = Phrase("改了 {} 处", "Mended: {}");
pub const WOULD_MEND: Phrase = Phrase(
    "会改 {} 处；现在什么也没有写",
    "Would mend: {}; nothing was written",
);
pub const NOTHING_TO_MEND: Phrase = Phrase(
    "没有能自动改的",
    "There is nothing that can be mended without asking",
);
pub const RENAMED: Phrase = Phrase("{} 改名为 {}", "{} is now called {}");
pub const CHANGED_LINE: Phrase = Phrase("{} 第 {} 行", "{}, line {}");
pub const ALIKE: Phrase = Phrase(
    "这样的一共 {} 处，还有：",
    "There are {} of this kind; the others:",
);
pub const ALIKE_REST: Phrase = Phrase(
    "……还有 {} 处，用 --json 看全部",
    "… and {} more; --json shows all",
);
pub const PAPER: Phrase = Phrase("做好了：", "Made:");
pub const GAPS: Phrase = Phrase(
    "里面写明了 {} 项缺项；补上以后再做一次",
    "It names {} gaps; fill them and make it again",
);
pub const PREVIEW: Phrase = Phrase("预览：{}", "Preview: {}");
pub const BOARDS_AT: Phrase = Phrase("宣传栏会挂成什么样：{}", "The boards as they will hang: {}");
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
pub const NEW_THEME_NEXT: Phrase = Phrase(
    "下一步：在 greenboard.yaml 里把 `theme:` 改成它的文件夹名；一边改一边看：greenboard serve",
    "Next: in greenboard.yaml, write its folder's name after `theme:`; watch it meanwhile: greenboard serve",
);
pub const ASK_NAME: Phrase = Phrase("社区名称", "Name of the community");
pub const ASK_CITY: Phrase = Phrase("所在城市", "City");
pub const ASK_TOPIC: Phrase = Phrase("主题（{}）", "Topic ({})");
pub const INIT_DONE: Phrase = Phrase(
    "{}的网站建好了，在 {}（{} 个文件）",
    "The site of {} is in {} ({} files)",
);
pub const ASK_PHONE: Phrase = Phrase("社区电话", "The committee's telephone");
pub const ASK_ADDRESS: Phrase = Phrase("社区地址", "Where the committee is");
pub const ASK_HOURS: Phrase = Phrase("办公时间", "Its office hours");
pub const ASK_PROPERTY: Phrase = Phrase("物业电话", "The property management's telephone");
pub const ASK_BULKY: Phrase = Phrase(
    "大件垃圾预约电话",
    "Where bulky waste is booked by telephone",
);
pub const ASK_LATER: Phrase = Phrase(
    "下面几项，一时不知道的按回车，以后再填",
    "Press Enter for what you do not know yet; it can be filled in later",
);
pub const BAD_PHONE: Phrase = Phrase(
    "“{}”不像电话号码，只写数字，例如 0571-87654321",
    "“{}” does not look like a telephone number; write figures, such as 0571-87654321",
);
pub const INIT_CITY: Phrase = Phrase(
    "还没有{}的分类资料，先按国家标准写了；投哪个桶以本市公布的目录为准",
    "Nothing is known yet of how {} sorts: the national standard stands in; the city's own list decides",
);
pub const INIT_BLANKS: Phrase = Phrase(
    "还有 {} 处要您自己填，写着“【待填：…】”；greenboard check 会列出来",
    "{} places, marked 【待填：…】, are for you to fill in; greenboard check lists them",
);
pub const INIT_MANUAL: Phrase = Phrase(
    "怎么用，看里面的 {}/README.md",
    "How to use it (in Chinese): {}/README.md in it",
);
pub const INIT_NEXT: Phrase = Phrase(
    "下一步：cd {}，然后 greenboard serve",
    "Next: cd {}, then greenboard serve",
);

pub const YES: Phrase = Phrase("是", "yes");
pub const ASK_BY: Phrase = Phrase("谁挂的", "Who hung it");
pub const ASK_AS_PLANNED: Phrase = Phrase(
    "{}：都照安排挂了吗？（不是就写 不）",
    "{}: hung as planned? (no, if not)",
);
pub const ASK_SLOTS: Phrase = Phrase(
    "哪几格不一样？写格子的编号，用空格隔开",
    "Which slots differ? Their ids, with spaces between",
);
pub const ASK_POSTER: Phrase = Phrase(
    "第{}格挂的是哪一张？写编号或标题，什么也没挂写 -",
    "What hangs in slot {}? Its id or title, or - for nothing",
);
pub const ASK_PHOTOS: Phrase = Phrase(
    "照片这样分对吗？（不对就写 不）",
    "Are the photos right? (no, if not)",
);
pub const POSTED_PLAYED: Phrase = Phrase("{} {} {}", "{} {}: {}");
pub const PLAYED_UNKNOWN: Phrase = Phrase(
    "播放记录里这些不认得，没有记：{}",
    "Not known, and not entered: {}",
);
pub const WHICH_SCREEN: Phrase = Phrase(
    "播放记录是哪块屏的，用 --board 写明",
    "Which screen’s record is it? Say so with --board",
);
pub const PUBLIC_TABLES: Phrase = Phrase(
    "没有表的，先用公开表的例子：{}",
    "without one, begin with an example: {}",
);
pub const POSTED: Phrase = Phrase("记进 {}：{} 行", "Added to {}: {} lines");
pub const POSTED_HUNG: Phrase = Phrase("{} 第{}格 {}，{} 起", "{} slot {}: {}, from {}");
pub const POSTED_MISSED: Phrase = Phrase("{} 第{}格 没有挂 {}", "{} slot {}: {} did not hang");
pub const POSTED_DOWN: Phrase = Phrase("取下 {}，最后一天 {}", "down: {}, last day {}");
pub const POSTED_NEVER: Phrase = Phrase("作废 {}", "void: {}");
pub const POSTED_SEEN: Phrase = Phrase("{} 的照片，{}", "Photos of {}, {}");
pub const POSTED_LOST: Phrase = Phrase("少了 {}，{} 张", "lost: {}, {} sheets");
pub const POSTED_ABSENT: Phrase = Phrase(
    "{} 第{}格 {}没有 {}（{}）",
    "{} slot {}: {} goes without {} ({})",
);
pub const ROUND_HEAD: Phrase = Phrase(
    "换栏回执：{}，排在 {}，{} 换的",
    "From a round: {}, planned for {}, done on {}",
);
pub const ROUND_BOARD: Phrase = Phrase(
    "{}：{} / {} 处换好，照片 {} 张",
    "{}: {} of {} done, photos: {}",
);
pub const ASK_ROUND: Phrase = Phrase("照这样记进台账吗？", "Enter it like this?");

/// Says why a sheet does not hang somewhere; without an answer, that nothing was ticked.
pub fn reason(answer: Option<&str>) -> Phrase {
    match answer {
        None => Phrase("回执里没有打钩", "not ticked"),
        Some("closed") => Phrase("打不开", "cannot be opened"),
        Some("short") => Phrase("少一张", "one sheet short"),
        Some("spoilt") => Phrase("新的弄坏了", "the new one was spoilt"),
        Some("taken") => Phrase("位置被占了", "the spot is taken"),
        Some("torn") => Phrase("撕坏了", "torn"),
        Some("gone") => Phrase("不见了", "gone"),
        Some(_) => Phrase("别的原因", "another reason"),
    }
}
pub const POSTED_PHOTO: Phrase = Phrase("照片 {} ← {}", "Photos of {} ← {}");
pub const POSTED_KNOWN: Phrase =
    Phrase("{} 格台账里已经有了", "{} slots were in the ledger already");
pub const POSTED_NOTHING: Phrase = Phrase(
    "没有要加的：这些台账里都有了，或者还没到日子",
    "Nothing to add: the ledger has it, or its day is still to come",
);
pub const UNKNOWN_BOARD: Phrase = Phrase("没有 `{}` 这块宣传栏", "there is no board `{}`");
pub const UNKNOWN_SLOT: Phrase = Phrase("{}没有第 `{}` 格", "{} has no slot `{}`");
pub const FIXED_SLOT: Phrase = Phrase(
    "{}第{}格是固定的，不记台账",
    "{} slot {} is fixed and not entered",
);
pub const UNKNOWN_POSTER: Phrase = Phrase("没有 `{}` 这张宣传品", "there is no poster `{}`");
pub const UNKNOWN_PERSON: Phrase =
    Phrase("`people` 里没有 `{}` 这个人", "`{}` is not among `people`");
pub const CHANGE_POSTER: Phrase = Phrase(
    "钉住（pin）、不挂（off）要写是哪一篇；停用（closed）不写",
    "pin and off take a page, closed takes none",
);
pub const CHANGE_DAYS: Phrase = Phrase(
    "最后一天 {} 在第一天以前",
    "the last day {} is before the first",
);
pub const CHANGE_WRITTEN: Phrase = Phrase("写进了 {}：{}", "Written to {}: {}");
pub const UNKNOWN_LINE: Phrase = Phrase("台账里没有编号 `{}`", "the ledger has no line `{}`");
pub const SPENT_LINE: Phrase = Phrase(
    "`{}` 已经作废，或者记的不是挂上的海报，不能这样更正",
    "`{}` is void or hung nothing, and cannot be corrected so",
);
pub const ONE_CORRECTION: Phrase = Phrase(
    "更正要写 --poster、--never、--until 中的一个",
    "a correction takes one of --poster, --never and --until",
);
pub const LATER_DAY: Phrase = Phrase("{} 还没到", "{} is still to come");
pub const NOT_BEGUN: Phrase = Phrase(
    "{} 还没有开始；提前挂的，用 --on 写明哪天",
    "{} has not begun; if it was hung early, give the day with --on",
);
pub const OUTSIDE_PERIOD: Phrase = Phrase("{} 不在 {} 这一期", "{} does not lie in {}");
pub const EXCEPT_FORM: Phrase = Phrase(
    "写成 宣传栏/格子=宣传品，例如 east-gate/3=living/tap",
    "write BOARD/SLOT=POSTER, for example east-gate/3=living/tap",
);
pub const LOST_FORM: Phrase = Phrase(
    "写成 宣传品=张数，例如 living/tap=2",
    "write POSTER=COPIES, for example living/tap=2",
);
pub const PHOTO_FORM: Phrase = Phrase(
    "写明是哪块栏，例如 --photo {}=IMG_1.jpg",
    "say whose board it shows, for example --photo {}=IMG_1.jpg",
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
pub const NO_FILE: Phrase = Phrase("没有 `{}` 这个文件", "there is no file `{}`");
pub const NO_FOLDER: Phrase = Phrase("没有 `{}` 这个文件夹", "there is no folder `{}`");
pub const NO_PREVIEW: Phrase = Phrase("预览打不开（{}）", "the preview cannot start ({})");

pub const IMPORT_TO: Phrase = Phrase("{} → {}", "{} → {}");
pub const IMPORT_FILE: Phrase = Phrase("{}：", "{}:");
pub const IMPORT_TOLD: Phrase = Phrase(
    "没有带过来、换了样子的 {} 处：",
    "left out or changed, {} in all:",
);
pub const IMPORT_THERE: Phrase =
    Phrase("已有的文件第 {} 行 - {}", "line {} of the file there - {}");
pub const IMPORT_NEW: Phrase = Phrase("新的 + {}", "the new one + {}");
pub const IMPORT_MORE: Phrase = Phrase("还有 {} 行不同", "{} more lines differ");
pub const IMPORT_DRY: Phrase = Phrase(
    "只是试一试，什么也没有写。去掉 --dry-run 就写。",
    "Nothing was written; leave out --dry-run to write.",
);
pub const IMPORT_NEXT: Phrase = Phrase(
    "打开看一遍，再运行 greenboard check。",
    "Read what was made, then run greenboard check.",
);
pub const IMPORT_ASK_SEAL: Phrase = Phrase(
    "公章放到网上会被人盗用。要导入公章吗？",
    "A seal on a website can be misused. Take it?",
);
pub const IMPORT_ASK_WRITE: Phrase = Phrase("这样写进去吗？", "Write it like this?");
pub const IMPORT_PASTE: Phrase = Phrase(
    "没有写文件名。把文字粘贴到文件里再导入，或者用管道送进来",
    "no file was named: paste the text into a file, or pipe it in",
);
pub const NO: Phrase = Phrase("否", "no");
pub const IMPORT_CREATED: Phrase = Phrase("一共 {} 个文件", "{} files in all");

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
