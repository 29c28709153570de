#pragma once

#include <bitset>
#include <cstddef>
#include <initializer_list>

#include "models/ids.hpp"

namespace chokepoint {

/// A set of countries; asking it costs the same however many there are.
class CountrySet {
public:
  CountrySet() = default;
  CountrySet(std::initializer_list<Country> countries) {
    for (const Country country : countries) add(country);
  }

  void add(Country country) { members_.set(index(country)); }
  void add(const CountrySet& others) { members_ |= others.members_; }
  void remove(const CountrySet& others) { members_ &= ~others.members_; }
  bool has(Country country) const { return members_.test(index(country)); }
  bool has_any_of(const CountrySet& others) const { return (members_ & others.members_).any(); }
  bool empty() const { return members_.none(); }
  bool operator==(const CountrySet&) const = default;

private:
  static constexpr std::size_t kLetters = 26;

  // A country that is not known yet ('?') shares the place of none: codes are upper-case letters.
  static std::size_t index(Country country) {
    const auto letter = [](char c) { return static_cast<std::size_t>(c - 'A'); };
    const std::size_t first = letter(country.code[0]);
    const std::size_t second = letter(country.code[1]);
    return first < kLetters && second < kLetters ? 1 + first * kLetters + second : 0;
  }

  std::bitset<1 + kLetters * kLetters> members_;
};

}  // namespace chokepoint
