//! The stable names of everything that can be reported.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)*) => {
        /// What kind of thing is reported; its text stands in `catalogue.yaml` under its id.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// All codes there are.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// Returns the stable id, as printed and as listed in the guide.
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }
        }
    };
}

codes! {
    // G1: reading files.
    /// A file could not be read.
    Unreadable = "G101",
    /// A file is not text.
    NotText = "G102",
    /// A file was not UTF-8 and its encoding was assumed.
    EncodingAssumed = "G103",
    /// YAML that does not parse.
    BrokenYaml = "G104",
    /// Front matter that is never closed.
    FrontMatterOpen = "G105",
    /// A page without front matter.
    FrontMatterMissing = "G106",
    /// A key that does not exist.
    UnknownKey = "G107",
    /// A key that is given twice.
    RepeatedKey = "G108",
    /// A key that is required.
    MissingKey = "G109",
    /// A value of the wrong form.
    BadValue = "G110",
    /// Not a valid date.
    BadDate = "G111",
    /// A word outside the list of allowed ones.
    UnknownWord = "G112",
    /// A settings file that is not there.
    NoSettings = "G113",
    /// A file that claims a newer format than this program knows.
    NewerFormat = "G114",
    /// A folder or file name that cannot be used.
    BadPath = "G115",
    /// A link of the file system that leads out of the site, nowhere, or round in a circle.
    BadFileLink = "G116",
    /// A text file that looks like a page but for its name.
    TextNotPage = "G117",
    /// Files below `content/` that nothing uses.
    FilesUnused = "G118",
    /// Copies of files, which are not read.
    CopiesUnread = "G119",
    /// A quote in front matter without its partner.
    OpenQuote = "G120",
    /// A bracket in front matter without its partner.
    OpenBracket = "G121",
    /// A line of front matter that is no key with its value.
    LineWithoutKey = "G122",
    /// A line of front matter that is indented though the one above is complete.
    LineIndented = "G123",
    /// Words behind ` # `, which are not shown.
    RemarkBehindText = "G124",
    /// A day in a year that nobody means.
    OddYear = "G125",
    /// A day whose weekday is another.
    WrongWeekday = "G126",
    /// A date far from the month that its folder is named after.
    DateOutsideFolder = "G127",
    /// A title that stands in Chinese quotation marks as a whole.
    QuotedTitle = "G128",

    // G2: the site as a whole.
    /// Two pages with one address.
    SameUrl = "G201",
    /// Two things with one id.
    SameId = "G202",
    /// A link that leads nowhere.
    BrokenLink = "G203",
    /// A link to a heading that is not there.
    BrokenAnchor = "G204",
    /// An image that is not there.
    MissingImage = "G205",
    /// A `:::` block of a name that does not exist.
    UnknownBlock = "G206",
    /// A `:::` block that is never closed, or closed without being open.
    BlockOpen = "G207",
    /// Raw HTML that the poster cannot show.
    RawHtmlOnPoster = "G208",
    /// A board without a slot.
    NoSlot = "G209",
    /// Slots that overlap or leave the board.
    SlotPlacement = "G210",
    /// A page names a board that does not exist.
    UnknownBoard = "G211",
    /// A name that two sorting items claim.
    SameItemName = "G212",
    /// A page names a sorting item that does not exist.
    UnknownItem = "G213",
    /// A last day before the first.
    EndsBeforeStart = "G214",
    /// A poster mark that is never closed, or closed without being open.
    PosterMark = "G215",
    /// A `notice` of the wrong kind for who issues it.
    NoticeKind = "G216",
    /// A document number of the wrong form.
    NoticeNumber = "G217",
    /// A picture without words for those who cannot see it.
    MissingAlt = "G218",
    /// A footnote that is cited but not written.
    Footnote = "G219",
    /// A posting period that cannot be counted for want of the year's holidays.
    NoHolidayTable = "G220",
    /// A posting period that outlasts the page.
    PostingOutlastsPage = "G221",
    /// A footnote that is written but never cited.
    FootnoteUnused = "G222",
    /// A footnote that is written twice.
    FootnoteTwice = "G223",
    /// A line of a `:::` block that says more or other than name and attributes.
    BadBlock = "G224",
    /// A person in charge who is not among the site's people.
    UnknownPerson = "G225",
    /// An area or an audience that no board names.
    UnknownGroup = "G226",
    /// A share of more than there is.
    FigureShare = "G227",
    /// A value that is not what its numerator and denominator give.
    FigureValue = "G228",
    /// An identity-card number in what goes out.
    IdentityNumber = "G229",
    /// A private mobile number in what goes out.
    MobileNumber = "G230",
    /// A bank card's number in what goes out.
    BankCardNumber = "G231",
    /// A stage that is not done on its day.
    StageLate = "G232",
    /// A stage that is done without a proof, its day past.
    StageUnproved = "G233",
    /// A stage that is to have been done on a day to come.
    StageAhead = "G234",
    /// A duty that was done less often than required.
    DutyShort = "G235",
    /// Rows, columns or sheets of a workbook that are hidden.
    HiddenData = "G236",
    /// Numbers of a workbook whose format cannot be followed.
    BareNumber = "G237",
    /// A title above the head of a workbook's table.
    TableTitle = "G238",
    /// Columns of a list of sorting items that nothing uses.
    ItemColumns = "G239",
    /// A taxonomy called like something else in front matter.
    TaxonomyTaken = "G240",
    /// An old address that is none of this website's.
    BadAlias = "G241",
    /// An old address at which something else stands.
    SameAlias = "G242",
    /// A text of which no address can be made.
    NoSlug = "G243",
    /// Parts of a day among times in a workbook.
    GuessedTime = "G244",
    /// A notice that is posted for a shorter time than the rule for what it is about.
    PostingShort = "G245",
    /// A file name with a language that the settings do not list.
    LanguageUnlisted = "G250",
    /// A translation that says other than its original.
    TranslationDiffers = "G251",
    /// A file in a further language without an original.
    NoOriginal = "G252",
    /// A further language without a home page.
    LanguageWithoutHome = "G253",
    /// A language in which the theme has no words.
    LanguageUnknown = "G254",
    /// A sorting item in a bin that the city does not have.
    BinNotHere = "G255",
    /// A bin's name that a city does not use.
    CityBin = "G256",
    /// More sorting items among the most mistaken than are shown.
    ManyMistakes = "G257",
    /// A moving picture on paper, which does not move.
    MovingPicture = "G258",
    /// A drawing with words that only browsers show.
    DrawingWords = "G259",
    /// A drawing that calls for files elsewhere.
    DrawingOutside = "G260",
    /// A drawing that names a font that is not there.
    DrawingFont = "G261",
    /// A picture of more pixels than can be taken.
    PictureTooLarge = "G262",
    /// A photo that is broken.
    BadPhoto = "G263",
    /// A photo of a format that browsers do not show.
    PhotoFormat = "G264",
    /// A picture file that holds nothing.
    EmptyPicture = "G265",
    /// A picture file that ends early.
    CutPicture = "G266",
    /// A kind of JPEG that hardly anything reads.
    RarePicture = "G267",
    /// A key that a `:::` block needs.
    BlockKeyMissing = "G270",
    /// A `:::` block without what it is to show.
    BlockEmpty = "G271",
    /// A `:::table` of data that are not there.
    UnknownData = "G272",
    /// A data file that cannot be read.
    BrokenData = "G273",
    /// Data that are no table.
    NoTable = "G274",
    /// Two data files of one name.
    SameData = "G275",
    /// A video or attachment that lies outside the site.
    FileOutside = "G276",
    /// A `:::timeline` of a page without stages.
    NoStages = "G277",
    /// A video with neither captions nor a word that it needs none.
    NoCaptions = "G278",
    /// A video of a kind that browsers do not play.
    VideoKind = "G279",
    /// A row of a table with more cells than the head.
    WideRow = "G280",
    /// A mark of another program.
    LeftOver = "G281",
    /// Marks of two versions of a text that nobody has joined.
    ConflictMark = "G282",
    /// A character that turns the direction of the writing.
    TurnedText = "G283",
    /// Code that is never closed.
    CodeOpen = "G284",
    /// A notice without a word but its title.
    EmptyNotice = "G287",
    /// A remark in a text that does not end, or is begun wrongly.
    RemarkOpen = "G288",
    /// An element of raw HTML that was taken away.
    TagTaken = "G289",
    /// An attribute of raw HTML that was taken away.
    AttributeTaken = "G290",
    /// An element of raw HTML that is never ended.
    TagOpen = "G291",
    /// A tag of raw HTML that ends nothing, or stands where it cannot.
    TagStray = "G292",
    /// A picture that would be fetched from another website.
    RemotePicture = "G293",
    /// A link that is an address without its beginning.
    AddressUnclear = "G294",
    /// Raw HTML that stays because the settings say so.
    RawHtmlKept = "G295",
    /// A page that the ledger cites and that is gone.
    PageGone = "G296",
    /// A board that the ledger cites and that is gone.
    BoardGone = "G297",
    /// Two pages of one title in one list.
    SameTitle = "G298",
    /// A link that runs something, or leads to a file of the writer's own computer.
    LinkUnfit = "G299",

    // G3: posters.
    /// A layout that the theme does not have.
    UnknownLayout = "G301",
    /// A poster too long for its slot.
    TooLong = "G302",
    /// A poster that fits no slot of any board.
    FitsNowhere = "G303",
    /// A character that no font has.
    MissingGlyph = "G304",
    /// The layout failed.
    LayoutFailed = "G305",
    /// A finished file that is not of its slot's size.
    OutsideSize = "G306",
    /// A finished file that cannot be used.
    OutsideFile = "G307",
    /// Body text smaller than is comfortable from where people stand.
    SmallBody = "G308",
    /// A title so long that it must be set small.
    LongTitle = "G309",
    /// No slot has the size that the poster wants.
    NoSlotOfSize = "G310",
    /// A picture that cannot be drawn.
    BadPicture = "G311",
    /// A picture of too few pixels for its size on the poster.
    CoarsePicture = "G312",
    /// A layout that sets type where or how it must not.
    Preflight = "G313",
    /// A text too long for the leaflet that is asked for.
    LeafletTooLong = "G314",
    /// A profile of a press that is not there or is none.
    BadProfile = "G315",
    /// A finished PDF that does not carry its fonts.
    FontLeftOut = "G316",
    /// Words too long for a board's banner.
    LongHeader = "G317",
    /// A family of fonts that is named and not there.
    MissingFont = "G318",
    /// A poster that nobody has approved yet and that is too long.
    DraftTooLong = "G319",
    /// A poster that is to hang and that nobody has approved.
    NotApproved = "G320",
    /// A leaflet that a print shop would send back.
    LeafletPreflight = "G321",
    /// A poster that is set for readers nearer than its board's.
    SetForNearer = "G322",
    /// The title of a poster is so long that only those who stand before it read it.
    TitleStanding = "G323",
    /// A formal notice that hangs on several sheets, as one is too small for it.
    SetOnSeveral = "G324",

    // G4: the plan.
    /// A poster that must hang somewhere and cannot.
    CannotHang = "G401",
    /// A slot that stays empty.
    EmptySlot = "G402",
    /// A published plan that names something unknown.
    StalePlan = "G403",
    /// A ledger line that does not parse or contradicts another.
    BadLedger = "G404",
    /// A poster that hangs nowhere.
    Unhung = "G405",
    /// A notice that screens show and no paper board.
    OnScreensOnly = "G406",
    /// An evergreen that hangs nowhere in the planned days.
    UnhungEvergreen = "G407",
    /// A notice that does not say when it is over.
    NoEnd = "G408",
    /// A poster that hangs nowhere as nobody has approved it.
    UnhungDraft = "G409",
    /// Posters of a site without a board.
    NoBoards = "G410",
    /// A poster that wants to hang on more boards than can take it.
    TooFewBoards = "G411",
    /// A notice that got in among what hangs or was published.
    GotIn = "G412",
    /// A line of the changes that names something unknown.
    BadChange = "G413",
    /// A pin that cannot hold.
    PinDoesNotFit = "G414",
    /// A board on which neighbours are alike, or which is too plain.
    WallRule = "G415",
    /// A slot in which the ledger has another poster from that day on.
    HungAlready = "G421",
    /// A file that was given as a photo and is none.
    NotAPhoto = "G422",
    /// A ledger file to which nothing can be added, for it is not UTF-8.
    LedgerEncoding = "G423",
    /// Photos of which nobody can tell whose board they show.
    PhotosUneven = "G424",
    /// A line of the ledger has the id of an earlier one.
    LedgerRepeated = "G425",
    /// A copy of a ledger file, which was not read.
    LedgerCopies = "G426",
    /// What a phone sent from a round cannot be entered.
    BadRound = "G427",
    /// What a phone sent was entered before.
    RoundTwice = "G428",
    /// A phone says that something else hangs than is planned.
    RoundDiffers = "G429",
    /// Photos that were taken before what they are to prove was hung.
    PhotosEarly = "G430",
    /// A year of which the ledger knows nothing.
    NoLedgerOfYear = "G431",
    /// A month of which the ledger knows nothing.
    NoLedgerOfMonth = "G432",

    /// An office's form that is no workbook that can be filled.
    BadForm = "G433",
    /// An office's form in which nothing was filled.
    FormUntouched = "G434",
    /// Names in an office's form that nobody knows.
    FormUnknown = "G435",
    /// A list of an office's form with too few rows.
    FormShort = "G436",
    /// Counts of the diary for which an office's form has no cell.
    FormLeft = "G437",
    /// Indicators of a scoring table for which there is nothing.
    ScoreBare = "G438",
    /// Own scores that are more than there are points.
    ScoreOver = "G439",
    /// A screen's record that cannot be read.
    BadPlayed = "G440",

    // G5: the theme.
    /// A theme that is not there.
    UnknownTheme = "G501",
    /// A template that does not parse or render.
    TemplateFailed = "G502",
    /// A theme file that is not of its form.
    BadTheme = "G503",
    /// A phrase the theme lacks in the site's language.
    MissingPhrase = "G504",
    /// Themes that extend each other in a circle.
    ThemeCircle = "G510",
    /// A token that the parent theme has not.
    UnknownToken = "G511",
    /// A phrase that the parent theme has not.
    UnknownPhrase = "G512",
    /// A token or phrase of another form than the parent's.
    BadThemeValue = "G513",
    /// An option that the theme has not.
    UnknownThemeOption = "G514",
    /// A file of a theme that has no effect.
    StrayThemeFile = "G515",
    /// A theme that is called what the site's own folder is called.
    ReservedTheme = "G516",
    /// A template that calls for another one, a component or a filter that is not there.
    MissingTemplate = "G517",
    /// Templates that call for each other in a circle.
    TemplateCircle = "G518",
    /// A template that asks for a value that is not there.
    UnknownTemplateValue = "G519",
    /// A font that the theme gives the web and that cannot be cut.
    BadWebFont = "G520",
    // What a new site has yet to say.
    /// Something is still to be filled in.
    Blanks = "G521",
    /// Pages name things, and the list of things is gone.
    NoItems = "G522",
    /// A template of the theme that does not end.
    TemplateEndless = "G523",
    /// A template of the theme that takes more memory than anything may.
    TemplateTooLarge = "G524",

    // G6: writing.
    /// An output folder that must not be replaced.
    RefusedOutput = "G601",
    /// A file in the output folder that is not ours.
    ForeignFile = "G602",
    /// A file or folder that could not be written.
    CannotWrite = "G603",
    /// A file that is there already.
    AlreadyThere = "G604",
    /// Two artifacts with one path.
    SameArtifact = "G605",
    /// A file of somebody else's where one of ours must go.
    InTheWay = "G606",
    /// A file of ours that was changed by hand.
    HandEdited = "G607",
    /// Some output folders have their new state, others could not get it nor the first go back.
    HalfTurned = "G608",
    /// A file that was changed by somebody else after ours.
    ChangedSince = "G609",
    /// A file that says more than whoever publishes it may think.
    GoesOut = "G631",
    /// A part of a file that was taken away before it was published.
    TakenAway = "G632",

    // G66, G67: what goes out to accounts, groups and screens.
    /// A page that is to go out and is not there.
    NothingToShare = "G661",
    /// A page that is to go out and nobody has approved.
    NotApprovedToShare = "G662",
    /// Pages of a month that do not go out, as nobody has approved them.
    LeftOutOfShare = "G663",
    /// A month without new pages.
    NothingNew = "G664",
    /// A page that goes out before it is on the website.
    SharedEarly = "G665",
    /// A page that goes out though it has run out.
    SharedLate = "G666",
    /// A website without an address: no link and no code.
    NoAddressToShare = "G667",
    /// Characters that the fonts of LED strips lack.
    RareOnStrip = "G668",
    /// A message for groups that is too long.
    LongMessage = "G669",
    /// A page without a poster, of which no slide is made.
    NoPosterToShare = "G670",
    /// A page that is too long for a slide.
    TooLongForSlide = "G671",
    /// A title that is longer than an account takes.
    LongWechatTitle = "G672",
    /// What an article of an account cannot hold.
    NotInWechat = "G673",
    /// A title that is too long for an LED strip.
    TooLongForStrip = "G674",

    // G7: bringing in what comes from elsewhere.
    /// A file of a kind that is not read.
    ForeignKind = "G701",
    /// A file that is damaged, or would do harm.
    UnsafeImport = "G702",
    /// A file in which there is nothing for a page.
    NothingToImport = "G703",
    /// A paper with a mark that forbids to publish it.
    ClassifiedImport = "G704",
    /// What nobody may see, or what is not of the text.
    LeftOut = "G711",
    /// What a page cannot hold.
    LostOnImport = "G712",
    /// What came along in another form.
    ChangedOnImport = "G713",
    /// A red seal.
    SealLeftOut = "G714",
    /// Keys and blocks of other generators that have no equal.
    NoEqual = "G715",
    /// A file that is there already and says something else.
    ImportDiffers = "G716",
    /// A file that was brought in before.
    ImportedBefore = "G717",

    // G9: the program itself.
    /// A fault of the program.
    OwnFault = "G901",
}
