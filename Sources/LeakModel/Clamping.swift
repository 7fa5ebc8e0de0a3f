extension FixedWidthInteger {
  /// The number without its fraction; the nearest limit when it does not fit, 0 for NaN.
  ///
  /// `Int(_:)` ends the process where a number does not fit, and captures hold any.
  package init(clamping number: Double) {
    self = Self(exactly: number.rounded(.towardZero)) ?? (number > 0 ? .max : number < 0 ? .min : 0)
  }
}

extension Bytes {
  /// An amount that was calculated, without its fraction; the nearest limit when it does not fit.
  package init(_ amount: Double) {
    self.init(Int64(clamping: amount))
  }
}
