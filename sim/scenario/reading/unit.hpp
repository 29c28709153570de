#pragma once

#include <string>

namespace chokepoint {

/// Unit that a field states its number in, and which numbers are believable there.
struct Unit {
  double in_base_units = 1.0;  ///< Base units of models/units.hpp in one of these.
  double least = 0.0;
  bool least_allowed = true;  ///< False: greater than `least`.
  double most = 1e9;
  bool by_definition = false;  ///< The bounds are what the word means, not what is believable.
  bool whole = false;          ///< Only whole numbers.
  const char* meaning = "";    ///< What one stands for; help where a number is beyond belief.
};

inline constexpr Unit at_least(double least, double in_base_units, double most,
                               const char* meaning) {
  return {in_base_units, least, true, most, false, false, meaning};
}
inline constexpr Unit positive(double in_base_units, double most, const char* meaning) {
  return at_least(1e-6, in_base_units, most, meaning);
}
inline constexpr Unit whole(double least, double most, const char* meaning) {
  return {1.0, least, true, most, false, true, meaning};
}

// Positive quantities have a floor far below anything real, so that no quotient of two of them
// leaves the range of a double.

// Rates and sizes of chips and machines.
inline constexpr Unit kTflops = at_least(1e-3, 1e12, 1e6, "1e12 operations per second");
inline constexpr Unit kGib = at_least(0.1, kBytesPerGib, 1e5, "2^30 bytes");
inline constexpr Unit kMib = positive(1'048'576.0, 1e6, "2^20 bytes");
inline constexpr Unit kTb = positive(1e12, 1e4, "1e12 bytes");
inline constexpr Unit kGbPerSecond = at_least(1e-3, 1e9, 1e6, "1e9 bytes per second");
inline constexpr Unit kGbitPerSecond = at_least(1e-3, 1e9 / 8.0, 8e6, "1e9 bits per second");
inline constexpr Unit kWattsPerDevice = at_least(0.1, 1.0, 1e6, "a watt");
inline constexpr Unit kKilowatts = at_least(1e-3, 1e3, 1e5, "a kilowatt");
inline constexpr Unit kMegawatts = at_least(1e-3, 1e6, 1e6, "a megawatt");
inline constexpr Unit kSquareMillimeters = positive(1.0, 1e5, "a square millimeter");
inline constexpr Unit kBillionTransistors = positive(1.0, 1e5, "1e9 transistors");
inline constexpr Unit kNanometers = at_least(0.1, 1.0, 1e4, "a nanometer");
inline constexpr Unit kTpp = positive(1.0, 1e8, "1e12 operations per second times bits");
inline constexpr Unit kTppPerSquareMillimeter = positive(1.0, 1e5, "a TPP per square millimeter");
inline constexpr Unit kFewThings = whole(1.0, 1e6, "a piece");

// Money and quantities of goods.
inline constexpr Unit kUsdPerDevice = at_least(0.01, 1.0, 1e8, "a US dollar");
inline constexpr Unit kUsdPerKwh = at_least(1e-4, 1.0, 10.0, "a US dollar");
inline constexpr Unit kGramsPerKwh = at_least(0.0, 1.0, 5e3, "a gram");
inline constexpr Unit kUsdPerMachine = positive(1.0, 1e9, "a US dollar");
inline constexpr Unit kPackages = at_least(0.0, 1.0, 1e9, "a package");

// Time.
inline constexpr Unit kDays = at_least(0.0, 86'400.0, 18'263.0, "a day; 50 years are the most");
inline constexpr Unit kSampleDays = at_least(0.01, 86'400.0, 18'263.0, "a day");
inline constexpr Unit kHours = at_least(0.01, 3'600.0, 438'300.0, "an hour");
inline constexpr Unit kMilliseconds = at_least(1e-6, 1e-3, 1e5, "a thousandth of a second");

// Work.
inline constexpr Unit kBillionParameters = at_least(1e-6, 1e9, 1e6, "1e9 parameters");
inline constexpr Unit kBillionTokens = at_least(1e-6, 1e9, 1e9, "1e9 tokens");
inline constexpr Unit kBillionTokensPerDay = at_least(0.0, 1e9 / 86'400.0, 1e9, "1e9 tokens a day");
inline constexpr Unit kTokens = at_least(1.0, 1.0, 1e8, "a token");
inline constexpr Unit kGrowthFactor = at_least(1e-4, 1.0, 1e4, "a factor; 2 doubles every year");
inline constexpr Unit kDeviation = at_least(0.0, 1.0, 10.0, "a factor of e");

// Ratios.
inline constexpr Unit kShare{1.0, 0.0, true, 1.0, true, false, ""};
inline constexpr Unit kFraction{1.0, 1e-4, true, 1.0, true, false, ""};
inline constexpr Unit kPue = at_least(1.0, 1.0, 10.0, "the site's power over its computers' power");

/// What is wrong with `value` as a number of this unit, such as "must be positive"; empty where
/// nothing is.
std::string complaint(const Unit& unit, double value);

/// What to do about that complaint: where a number is beyond belief, what one of the unit stands
/// for; empty where the complaint says all.
std::string help_for(const Unit& unit, double value);

}  // namespace chokepoint
