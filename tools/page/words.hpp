#pragma once

#include <span>
#include <string>

namespace chokepoint {

// How numbers stand in sentences of a page: no more digits than anybody knows.

/// "1.2 million", "340 thousand", "57", with two or three significant digits.
std::string amount_in_words(double value);

/// The same with its sign: "+12 thousand", "-3.4 million".
std::string change_in_words(double value);

/// "63 %" of 0.63; "0.4 %" below one percent.
std::string percent_in_words(double share);

/// "21 billion USD".
std::string money_in_words(double usd);

/// True where the middle 90 % of `values` lies on one side of zero. Requires: rising, not empty.
bool stands_out(std::span<const double> values);

}  // namespace chokepoint
