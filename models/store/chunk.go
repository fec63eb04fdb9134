package store

import (
	"iter"

	"gorm.io/gorm"
)

// chunkSizes are the only lengths in which lists of rows are written, so that a
// handful of prepared statements serves all of them.
var chunkSizes = [...]int{64, 16, 4, 1}

// chunks splits a list into parts of these lengths.
func chunks[T any](list []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for _, size := range chunkSizes {
			for len(list) >= size {
				if !yield(list[:size:size]) {
					return
				}
				list = list[size:]
			}
		}
	}
}

// insert writes rows in chunks.
func insert[T any](tx *gorm.DB, rows []T) error {
	for part := range chunks(rows) {
		if err := tx.Create(&part).Error; err != nil {
			return err
		}
	}
	return nil
}

// padded repeats the last value until the list has size values: an IN of always
// the same length.
func padded(list []string, size int) []string {
	for len(list) > 0 && len(list) < size {
		list = append(list, list[len(list)-1])
	}
	return list
}
