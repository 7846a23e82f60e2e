package web

import "bytes"

// shell is the map's page cut where an address has something of its own: its
// title and description, and what is read where no script runs.
type shell struct{ begin, head, top, noscript, body []byte }

// newShell cuts the page's HTML; nil where it is not of the form that is wanted.
func newShell(index []byte) *shell {
	from, to := bytes.Index(index, []byte(`<meta name="description"`)), bytes.Index(index, []byte("</title>"))
	headEnd, noscript, end := bytes.Index(index, []byte("</head>")), bytes.Index(index, []byte("<noscript>")), bytes.Index(index, []byte("</noscript>"))
	if from < 0 || to < from || headEnd < to || noscript < headEnd || end < noscript {
		return nil
	}
	return &shell{index[:from], index[to+len("</title>") : headEnd], index[headEnd:noscript], index[noscript : end+len("</noscript>")], index[end+len("</noscript>"):]}
}

// headed has other meta elements and is the page otherwise.
func (s *shell) headed(meta []byte) []byte {
	return bytes.Join([][]byte{s.begin, meta, s.head, s.top, s.noscript, s.body}, nil)
}

// with the meta elements and the document of an address.
func (s *shell) with(meta, document []byte) []byte {
	parts := [][]byte{
		s.begin, meta, s.head, []byte(`<noscript><link rel="stylesheet" href="` + documentStylePath + `"></noscript>`),
		s.top, []byte("<noscript>"), document, []byte("</noscript>"), s.body,
	}
	return bytes.Join(parts, []byte("\n"))
}
