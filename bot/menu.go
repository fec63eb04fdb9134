package bot

// Button is one button of the account's menu bar. A button either holds up to
// five others, or leads to a page (URL), or says Key's word (wechat.md §1.11).
type Button struct {
	Name string
	Key  string // at most 128 bytes; arrives as dialog.InputMenu
	URL  string // at most 1024 bytes
	Scan bool   // with Key: opens the camera and sends what the code says
	Sub  []Button
}
