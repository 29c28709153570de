#pragma once

#include <compare>

namespace chokepoint {

/// A number with a dimension. The exponents count, in order: seconds, bytes, floating-point
/// operations, joules, US dollars, tokens. Multiplying and dividing quantities adds and subtracts
/// them, so `Flops / FlopsPerSecond` is `Seconds` and adding bytes to seconds does not compile.
/// The stored value is always in the base unit; scaled literals convert on construction.
template <int T, int B, int F, int E, int M, int K>
struct Quantity {
  double value = 0.0;

  constexpr Quantity() = default;
  constexpr explicit Quantity(double base_units) : value(base_units) {}

  constexpr auto operator<=>(const Quantity&) const = default;

  constexpr Quantity& operator+=(Quantity other) {
    value += other.value;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity other) {
    value -= other.value;
    return *this;
  }

  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    return Quantity{a.value + b.value};
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    return Quantity{a.value - b.value};
  }
  friend constexpr Quantity operator*(Quantity a, double k) { return Quantity{a.value * k}; }
  friend constexpr Quantity operator*(double k, Quantity a) { return a * k; }
  friend constexpr Quantity operator/(Quantity a, double k) { return Quantity{a.value / k}; }
};

template <int T1, int B1, int F1, int E1, int M1, int K1, int T2, int B2, int F2, int E2, int M2,
          int K2>
constexpr auto operator*(Quantity<T1, B1, F1, E1, M1, K1> a, Quantity<T2, B2, F2, E2, M2, K2> b) {
  if constexpr (T1 + T2 == 0 && B1 + B2 == 0 && F1 + F2 == 0 && E1 + E2 == 0 && M1 + M2 == 0 &&
                K1 + K2 == 0) {
    return a.value * b.value;
  } else {
    return Quantity<T1 + T2, B1 + B2, F1 + F2, E1 + E2, M1 + M2, K1 + K2>{a.value * b.value};
  }
}

/// Quotient of like quantities is a plain number; of unlike ones, a quantity.
template <int T1, int B1, int F1, int E1, int M1, int K1, int T2, int B2, int F2, int E2, int M2,
          int K2>
constexpr auto operator/(Quantity<T1, B1, F1, E1, M1, K1> a, Quantity<T2, B2, F2, E2, M2, K2> b) {
  if constexpr (T1 == T2 && B1 == B2 && F1 == F2 && E1 == E2 && M1 == M2 && K1 == K2) {
    return a.value / b.value;
  } else {
    return Quantity<T1 - T2, B1 - B2, F1 - F2, E1 - E2, M1 - M2, K1 - K2>{a.value / b.value};
  }
}

using Seconds = Quantity<1, 0, 0, 0, 0, 0>;
using Bytes = Quantity<0, 1, 0, 0, 0, 0>;
using Flops = Quantity<0, 0, 1, 0, 0, 0>;
using Joules = Quantity<0, 0, 0, 1, 0, 0>;
using Usd = Quantity<0, 0, 0, 0, 1, 0>;
using Tokens = Quantity<0, 0, 0, 0, 0, 1>;
using BytesPerSecond = Quantity<-1, 1, 0, 0, 0, 0>;
using FlopsPerSecond = Quantity<-1, 0, 1, 0, 0, 0>;
using FlopsPerToken = Quantity<0, 0, 1, 0, 0, -1>;
using BytesPerToken = Quantity<0, 1, 0, 0, 0, -1>;
using TokensPerSecond = Quantity<-1, 0, 0, 0, 0, 1>;
using Watts = Quantity<-1, 0, 0, 1, 0, 0>;
using UsdPerJoule = Quantity<0, 0, 0, -1, 1, 0>;

/// Base units in one of these.
inline constexpr double kJoulesPerKwh = 3.6e6;
inline constexpr double kJoulesPerGwh = 1e6 * kJoulesPerKwh;
inline constexpr double kBytesPerGib = 1'073'741'824.0;

inline namespace literals {
constexpr Seconds operator""_s(long double v) {
  return Seconds{static_cast<double>(v)};
}
constexpr Seconds operator""_s(unsigned long long v) {
  return Seconds{static_cast<double>(v)};
}
constexpr Seconds operator""_hours(unsigned long long v) {
  return Seconds{static_cast<double>(v) * 3'600.0};
}
constexpr Seconds operator""_days(unsigned long long v) {
  return Seconds{static_cast<double>(v) * 86'400.0};
}
constexpr Bytes operator""_GB(unsigned long long v) {
  return Bytes{static_cast<double>(v) * 1e9};
}
constexpr Bytes operator""_GiB(unsigned long long v) {
  return Bytes{static_cast<double>(v) * kBytesPerGib};
}
constexpr BytesPerSecond operator""_GBps(unsigned long long v) {
  return BytesPerSecond{static_cast<double>(v) * 1e9};
}
constexpr FlopsPerSecond operator""_TFLOPS(unsigned long long v) {
  return FlopsPerSecond{static_cast<double>(v) * 1e12};
}
constexpr Watts operator""_MW(unsigned long long v) {
  return Watts{static_cast<double>(v) * 1e6};
}
}  // namespace literals

}  // namespace chokepoint
