package table

import (
	"os"
	"strings"

	"dateline/geo"

	"github.com/xuri/excelize/v2"
)

// openXLSX reads the first sheet of a workbook, its first row the header; days
// come as the numbers that the workbook keeps.
func openXLSX(path string, _ *os.File) (*Table, error) {
	book, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipXMLSizeLimit: 1 << 30})
	if err != nil {
		return nil, err
	}
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return nil, geo.Invalid("file", "the workbook has no sheet")
	}
	rows, err := book.Rows(sheets[0])
	if err != nil {
		return nil, err
	}
	if !rows.Next() {
		return nil, geo.Invalid("file", "the first sheet is empty")
	}
	header, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	names := cleaned(header)
	all := func(yield func(Row, error) bool) {
		defer rows.Close()
		for n := 2; rows.Next(); n++ {
			cells, err := rows.Columns()
			if err != nil {
				if !yield(Row{Number: n}, err) {
					return
				}
				continue
			}
			cells = cleaned(cells)
			if n == 2 && isHXL(cells) || strings.Join(cells, "") == "" {
				continue
			}
			if !yield(Row{Number: n, Cells: cells, Raw: joined(cells, ',')}, nil) {
				return
			}
		}
	}
	return &Table{Header: names, Rows: all, Total: sheetRows(book, sheets[0]), close: book.Close}, nil
}

// sheetRows is how many rows a sheet says that it has below its header; 0 where
// it does not say.
func sheetRows(book *excelize.File, sheet string) int64 {
	dimension, err := book.GetSheetDimension(sheet)
	if err != nil {
		return 0
	}
	_, last, ok := strings.Cut(dimension, ":")
	if !ok {
		return 0
	}
	_, row, err := excelize.CellNameToCoordinates(last)
	if err != nil {
		return 0
	}
	return int64(row - 1)
}
