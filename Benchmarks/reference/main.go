// Command reference does with google/pprof's own package what benchmark.swift does with ours: it
// parses a profile and adds up every function, flat and cumulative, for every column.
//
// Written for speed: functions are found by pointer, sums and the mark "seen in this sample" are
// indexed by a small number, and nothing is allocated for a sample.
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/google/pprof/profile"
)

func main() {
	start := time.Now()
	data, err := os.ReadFile(os.Args[1])
	check(err)
	read := time.Now()
	p, err := profile.ParseData(data)
	check(err)
	parsed := time.Now()
	t := add(p)
	end := time.Now()
	fmt.Printf("%g\t%g\t%g\t%s\n", read.Sub(start).Seconds(), parsed.Sub(read).Seconds(), end.Sub(parsed).Seconds(), t)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

type totals struct {
	columns   int
	sums      []int64
	names     []string
	flat, cum []int64 // by function, then column
	seen      []uint32
}

// add sums up a profile; functions of the same name are one.
func add(p *profile.Profile) *totals {
	t := &totals{columns: len(p.SampleType)}
	numbers := make(map[*profile.Function]int, len(p.Function))
	byName := make(map[string]int, len(p.Function))
	for _, f := range p.Function {
		n, ok := byName[f.Name]
		if !ok {
			n = len(t.names)
			byName[f.Name] = n
			t.names = append(t.names, f.Name)
		}
		numbers[f] = n
	}
	// The functions of each location: one look-up a line, not one a sample.
	lines := make(map[*profile.Location]int, len(p.Location))
	functions := make([][]int, len(p.Location))
	dense := true
	for i, l := range p.Location {
		for _, line := range l.Line {
			functions[i] = append(functions[i], numbers[line.Function])
		}
		lines[l] = i
		dense = dense && l.ID == uint64(i+1)
	}
	t.sums = make([]int64, t.columns)
	t.flat = make([]int64, len(t.names)*t.columns)
	t.cum = make([]int64, len(t.names)*t.columns)
	t.seen = make([]uint32, len(t.names))
	for s, sample := range p.Sample {
		for c, v := range sample.Value {
			t.sums[c] += v
		}
		for depth, l := range sample.Location {
			i := int(l.ID) - 1
			if !dense {
				i = lines[l]
			}
			if depth == 0 && len(functions[i]) > 0 {
				sum(t.flat[functions[i][0]*t.columns:], sample.Value)
			}
			for _, f := range functions[i] {
				if t.seen[f] != uint32(s+1) {
					t.seen[f] = uint32(s + 1)
					sum(t.cum[f*t.columns:], sample.Value)
				}
			}
		}
	}
	return t
}

func sum(row, values []int64) {
	row = row[:len(values)]
	for c, v := range values {
		row[c] += v
	}
}

// String gives for each column the total and a checksum of every function's values.
func (t *totals) String() string {
	var parts []string
	for c := 0; c < t.columns; c++ {
		var rows int
		var flat, cum int64
		for f, name := range t.names {
			if t.seen[f] == 0 {
				continue
			}
			rows++
			flat ^= t.flat[f*t.columns+c] * int64(len(name))
			cum += t.cum[f*t.columns+c] * int64(len(name))
		}
		parts = append(parts, fmt.Sprintf("%d\t%d\t%d\t%d", t.sums[c], rows, flat, cum))
	}
	return strings.Join(parts, "\t")
}
