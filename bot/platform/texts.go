package platform

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
)

//go:embed web
var webFiles embed.FS

// web is the phone page's files.
func web() fs.FS {
	files, err := fs.Sub(webFiles, "web")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return files
}

// loadTexts reads the Chinese sentences that the platform itself says.
func loadTexts() (map[string]string, error) {
	raw, err := webFiles.ReadFile("web/texts.zh.json")
	if err != nil {
		return nil, fmt.Errorf("read page texts: %w", err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(raw, &texts); err != nil {
		return nil, fmt.Errorf("read page texts: %w", err)
	}
	return texts, nil
}
