/// A pprof profile, in columns: no object for each sample, location or function.
///
/// Source: google/pprof proto/profile.proto. Identifiers are resolved while reading: everything
/// below refers to functions, locations and mappings by index.
package struct Profile: Sendable {
  /// What a column of values measures, for example `inuse_space` in `bytes`.
  package struct ValueType: Sendable, Equatable {
    package let type: String
    package let unit: String

    package init(type: String, unit: String) {
      self.type = type
      self.unit = unit
    }
  }

  /// The columns of the values, in the order of the file.
  package var sampleTypes: [ValueType] = []
  /// The column meant when none is named: `default_sample_type`, else nil.
  package var defaultSampleType: String?
  package var periodType: ValueType?
  package var period: Int64 = 0
  /// Nanoseconds since 1970; 0 when not set.
  package var timeNanos: Int64 = 0
  package var durationNanos: Int64 = 0
  package var comments: [String] = []
  package var mappingCount = 0
  /// The files of the mappings, in order; empty where the profile does not say.
  package var mappingFiles: [String] = []
  package var buildIDs: [String] = []

  /// The values, sample by sample: `sampleTypes.count` for each.
  package var values: [Int64] = []
  /// The index of each sample's stack; samples that differ only in labels share one.
  package var sampleStacks: [UInt32] = []
  /// The numeric label `bytes` of each sample (a heap profile's object size); empty when none has it.
  package var objectSizes: [Int64] = []
  /// The samples' other labels, for those that have any: (sample, key, value).
  package var labels: [Label] = []

  /// Where each stack's locations start in `stackLocations`; one more entry than stacks.
  package var stackStarts: [UInt32] = [0]
  /// Location indexes of all stacks, leaf first.
  package var stackLocations: [UInt32] = []

  /// Where each location's lines start in `lineFunctions`; one more entry than locations.
  package var locationStarts: [UInt32] = [0]
  /// The address of each location; 0 when unknown.
  package var locationAddresses: [UInt64] = []
  /// Function indexes of all lines: several lines at one location are inlined calls, the last is
  /// the caller.
  package var lineFunctions: [UInt32] = []
  /// Line numbers, parallel to `lineFunctions`; 0 when unknown.
  package var lineNumbers: [Int32] = []

  package var functionNames: [String] = []
  package var functionFiles: [String] = []

  /// A label of a sample that is not the object size.
  package struct Label: Sendable, Equatable {
    package let sample: Int
    package let key: String
    package let value: String

    package init(sample: Int, key: String, value: String) {
      self.sample = sample
      self.key = key
      self.value = value
    }
  }

  package init() {}

  package var sampleCount: Int { sampleStacks.count }
  package var stackCount: Int { stackStarts.count - 1 }
  package var locationCount: Int { locationStarts.count - 1 }
  package var functionCount: Int { functionNames.count }

  /// The value of a sample in a column.
  package func value(ofSample sample: Int, inColumn column: Int) -> Int64 {
    values[sample * sampleTypes.count + column]
  }

  /// The locations of a sample, leaf first.
  package func locations(ofSample sample: Int) -> ArraySlice<UInt32> {
    locations(ofStack: Int(sampleStacks[sample]))
  }

  /// The locations of a stack, leaf first.
  package func locations(ofStack stack: Int) -> ArraySlice<UInt32> {
    stackLocations[Int(stackStarts[stack])..<Int(stackStarts[stack + 1])]
  }

  /// The indexes of a location's lines, innermost call first; empty without symbols.
  package func lines(ofLocation location: Int) -> Range<Int> {
    Int(locationStarts[location])..<Int(locationStarts[location + 1])
  }

  /// The column of a sample type by its name.
  package func column(_ type: String) -> Int? {
    sampleTypes.firstIndex { $0.type == type }
  }
}
