package report

import "dateline/geo"

// ReadAny reads a report of any length, to show what a longer one would cost.
func (r *Reader) ReadAny(rep geo.Report) Reading { return r.read(rep) }
