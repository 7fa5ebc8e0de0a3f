#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The few functions of C's mathematics that analysis needs, under one name on every platform.
package enum Portable {
  /// e to the power of a value.
  package static func exp(_ value: Double) -> Double {
    #if canImport(Glibc)
    Glibc.exp(value)
    #elseif canImport(Musl)
    Musl.exp(value)
    #else
    Darwin.exp(value)
    #endif
  }

  /// The natural logarithm.
  package static func log(_ value: Double) -> Double {
    #if canImport(Glibc)
    Glibc.log(value)
    #elseif canImport(Musl)
    Musl.log(value)
    #else
    Darwin.log(value)
    #endif
  }

  /// The sine of an angle in radians.
  package static func sin(_ value: Double) -> Double {
    #if canImport(Glibc)
    Glibc.sin(value)
    #elseif canImport(Musl)
    Musl.sin(value)
    #else
    Darwin.sin(value)
    #endif
  }

  /// The cosine of an angle in radians.
  package static func cos(_ value: Double) -> Double {
    #if canImport(Glibc)
    Glibc.cos(value)
    #elseif canImport(Musl)
    Musl.cos(value)
    #else
    Darwin.cos(value)
    #endif
  }
}
