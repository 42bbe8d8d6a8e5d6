package sources

import (
	"bytes"
	"encoding/binary"
	"errors"
	"unicode/utf16"

	"github.com/waku-org/monthly/files"
)

var errBinary = errors.New("it is not a text")

// noteText gives the text of a note: UTF-8, or UTF-16 if its byte order mark says
// so. What holds a zero byte is not a text.
func noteText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return fromUTF16(data[2:], binary.BigEndian), nil
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return fromUTF16(data[2:], binary.LittleEndian), nil
	case bytes.IndexByte(data, 0) >= 0:
		return "", errBinary
	}
	return string(data), nil
}

func fromUTF16(data []byte, order binary.ByteOrder) string {
	var units []uint16
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return string(utf16.Decode(units))
}

// isUnreadable reports whether an error says that one note is not a text that may
// be read, so that others may still be.
func isUnreadable(err error) bool {
	return errors.Is(err, errBinary) || errors.As(err, new(*files.KindError))
}
