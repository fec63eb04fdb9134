package dialog

import "time"

// InputKind says what a person did.
type InputKind string

// The kinds of input a turn can get. Everything the platform may send and that
// is none of these arrives as InputOther with its wire name in Input.Text.
const (
	InputText     InputKind = "text"     // typed, tapped, or a voice message with recognised text
	InputMenu     InputKind = "menu"     // a tap on the menu bar; Text is the key's word, such as 待办
	InputPhoto    InputKind = "photo"    // Media names it
	InputVoice    InputKind = "voice"    // a voice message without recognised text; Media names it
	InputVideo    InputKind = "video"    // video or short video; Media names it
	InputPlace    InputKind = "place"    // Place is set
	InputLink     InputKind = "link"     // Text is the title
	InputFile     InputKind = "file"     // Text is the file's name
	InputFollow   InputKind = "follow"   // followed the account; Text is the invite code of the QR scene, or empty
	InputScan     InputKind = "scan"     // scanned a QR code while following; Text is the scene
	InputUnfollow InputKind = "unfollow" // left; no answer reaches this person any more
	InputOther    InputKind = "other"    // anything else; Text is its wire name
)

// Place is a position a person sent. Degrees, WGS-84 as WeChat gives it.
type Place struct {
	Lat, Lng float64
	Label    string
}

// Input is one message of one person, free of any wire format.
type Input struct {
	Key   string    // same key = same message; the turn is applied once per key
	User  string    // the sender's openid
	At    time.Time // when the message was sent, as the platform says
	Kind  InputKind
	Text  string // cleaned of control characters, at most MaxText bytes
	Tap   string // id of the tapped option ("" if typed): a hint only, anyone can type its text
	Media string // media id of photo, voice, video
	Place *Place
}

// MaxText bounds what a turn reads of one message, in bytes. WeChat itself
// stops at 2,048 bytes of text (wechat.md §1.5); more is somebody else's doing.
const MaxText = 4096
