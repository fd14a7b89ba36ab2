//! What is missing, each named with board, day and what there is to do about it.
//!
//! An archive that hides its gaps is found out by the first question; one that names them is
//! believed in the rest. Only days that are past count.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Which kind of thing.
    pub kind: GapKind,
    /// The day that it belongs to.
    pub at: Date,
    /// The board or the work that it belongs to.
    pub place: String,
    /// What is missing.
    pub what: String,
    /// The indicators that it touches.
    pub indicators: BTreeSet<String>,
    /// The id of the board, where it belongs to one.
    pub board: Option<String>,
    /// The id of the page, where it belongs to one.
    pub page: Option<String>,
}

/// Kinds of gaps, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// A public notice that did not hang for all its days.
    Notice,
    /// A period without a line in the ledger.
    Period,
    /// A slot without a line in the ledger, or where what was planned did not hang.
    Slot,
    /// Places of a board that went without a sheet.
    Place,
    /// A board on which nothing new was hung for too long.
    Renewal,
    /// A stage without its proof.
    Stage,
    /// A duty that was done less often than required.
    Duty,
    /// A campaign for which nothing hung.
    Campaign,
    /// Something was wrong and not mended in time.
    Problem,
    /// Something hung, or was held, that no photo shows.
    Photo,
    /// A photo or text that is not there or not as it was.
    File,
    /// Something hung and nobody is named for it, or its text was not kept.
    Line,
    /// A figure without source or denominator.
    Figure,
    /// An indicator of the office's table for which there is nothing.
    Indicator,
}

impl GapKind {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Notice => "公示期不足",
            Self::Period => "整期没有台账",
            Self::Slot => "版面没有台账",
            Self::Place => "有的点位没有挂",
            Self::Renewal => "太久没有更换",
            Self::Stage => "阶段没有证明",
            Self::Duty => "次数不够",
            Self::Campaign => "集中宣传没有内容",
            Self::Problem => "过期没有整改",
            Self::Photo => "没有照片",
            Self::File => "附件有问题",
            Self::Line => "台账不全",
            Self::Figure => "数据没有依据",
            Self::Indicator => "指标没有材料",
        }
    }

    /// Says what can still be done.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Notice => "公示期不足的，按规定重新公示。",
            Self::Period => {
                "当时确实挂过的，用 greenboard post 补记，例如 greenboard post 2026-06 --board east-gate；没有换的，如实写明。网站那时候还没有开始用的，在 greenboard.yaml 里写从哪天起：rotation: { begins: 2026-10-01 }。"
            }
            Self::Slot => "补记，或者写明空着的原因和补挂的日子。",
            Self::Place => {
                "补挂以后，手机上打钩再发一次回执，这一处就补上了；记错的，greenboard post --correct 编号 --never。"
            }
            Self::Renewal => {
                "换过没有记的，补记；没有换的，现在换一期。几天算太久，在 greenboard.yaml 里写 rotation: { renew: 62 }。"
            }
            Self::Stage => "在这个阶段写上 done 和 proof。",
            Self::Duty => "做过的，补上日期和证明；没做的，写明原因。",
            Self::Campaign => "补记；还没过完的，现在安排一张。",
            Self::Problem => "整改好的，在 ledger/work 那一行写上 done、result 和整改后的照片。",
            Self::Photo => "还挂着的，现在补拍；已经取下的，写明没有照片。",
            Self::File => "从备份里找回原件，不要改动。",
            Self::Line => "用更正行补上：greenboard post --correct。",
            Self::Figure => "在 figures 里补上 numerator、denominator、source。",
            Self::Indicator => {
                "有材料的，在内容、宣传栏、阶段或者工作记录里写上这个号；没有做的，在 scores 里如实写自评、谁在哪天以前补。"
            }
        }
    }
}

impl Gap {
    /// Says it in one line.
    pub fn line(&self) -> String {
        format!("{}：{}", self.place, self.what)
    }
}
