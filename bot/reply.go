package bot

import "github.com/huhuqing/huhuqing/dialog"

// Reply and Option are what a conversation answers, under the names of this
// package: the rooms that know a wire import bot and nothing of the dialog.
type (
	Reply  = dialog.Reply
	Option = dialog.Option
)
