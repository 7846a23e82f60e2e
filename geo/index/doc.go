// Package index is the read model of the map: every incident as a row of typed
// columns, in the order of a Hilbert curve, so that a tile of any zoom is one
// run of rows. It answers pages, tiles, clusters and counts under any filter
// without asking the store; geo.Filter.Match is the meaning of a filter, and a
// property test holds the index to it.
//
// The rows stand in a file that the index writes itself and maps into memory:
// beside the columns it has each feature's bytes, encoded once. Where they are made
// for the first time the rows come first, from which map, counts and most filters
// are answered, and words, texts and features behind them. What changed
// since the file was written stands beside it in small segments of the same
// form, kept current from the store's changes; where they grow large the file is
// written again. A file that is damaged, of another program or of another store
// is written again too.
//
// Every column is a sorted dictionary of its values and a code a row, 0 where
// the field is not stated: a comparison is a range of codes. Further values of a
// row stand in a list beside the codes.
package index
