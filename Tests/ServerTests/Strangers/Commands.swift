/// A line for each command that can ask a daemon, about the town's release, cases and grants.
enum Commands {
  /// Those whose answer follows from the release, and from nothing where there is none.
  static let aboutRelease =
    reading + asking + deciding + recording + closing + ["login", "verify . --level 0"]

  /// Those about the log, which is everybody's, and about a name that is taken whoever has it.
  static let aboutDeployment = [
    "register --name bob --email x@b.example", "audit prove 1", "audit disclose 1 --out one.json",
    "log key", "submit new.yaml old.yaml",
  ]

  static let all = aboutRelease + aboutDeployment

  private static let digits = String(repeating: "9c2e1f", count: 2)

  private static let reading = [
    "policy diff old.yaml new.yaml --replay ana/tiny", "policy show ana/tiny", "release list",
    "release show ana/tiny", "evidence list ana/tiny", "group list ana/tiny readers",
    "terms ana/tiny use", "form ana/tiny request", "cases --release ana/tiny", "show 3",
    "holds --release ana/tiny", "explain case 3", "explain access bob ana/tiny weights",
    "grants --release ana/tiny", "download ana/tiny --tier weights", "who ana/tiny",
    "audit who ana/tiny", "audit person bea", "audit grant \(digits)",
    "audit exposure \(digits)", "audit decision 3", "audit statement \(digits)",
    "report release ana/tiny",
  ]

  private static let asking = [
    "policy adopt ana/tiny --policy new.yaml", "open ana/tiny gated",
    "request ana/tiny --tier weights --answers answers.yaml --accept use",
    "revise 3 --purpose More", "withdraw 3", "appeal 3 --reason Again",
    "renew \(digits) --answers answers.yaml --accept use", "surrender \(digits)",
    "answer ana/tiny request --case 3 --answers answers.yaml", "accept ana/tiny use",
    "emergency ana/tiny --to bob --tier weights --purpose 'An outage.'",
  ]

  private static let deciding = [
    "approve 3", "deny 3 --code purpose --reason No", "return 3 --reason No", "recuse 3",
    "decide --filter release=ana/tiny approve --reason Known",
    "delegate ana/tiny managers --to bob --until 2019-03-01T00:00:00Z",
  ]

  private static let recording = [
    "evidence add ana/tiny weights --kind uptake --metric grants=1 --method x",
    "evidence compute ana/tiny weights --kind uptake",
    "evidence confirm \(digits) --release ana/tiny",
    "credential add bob --release ana/tiny --type researcher",
    "retract \(digits) --release ana/tiny --reason Wrong",
    "group join ana/tiny readers bob --field sector=press", "group leave ana/tiny readers",
    "comment tier:weights Hm --release ana/tiny",
    "flag tier:weights --code leak Seen --release ana/tiny",
  ]

  private static let closing = [
    "hold tier:weights --code safety Wait --release ana/tiny",
    "lift \(digits) --reason Mended", "revoke \(digits) --code leak Sold",
  ]
}
