#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// The shortest decimal that reads back as `value`, without an exponent where that is readable:
/// "0.1", "1000000", "1e+20", "nan".
std::string phrase(double value);

/// `text` in single quotes; shortened in its middle where it is longer than 60 bytes.
std::string in_quotes(std::string_view text);

/// "a, b, c (and 12 more)": the first five of `names`, in their order.
std::string listed(const std::vector<std::string>& names);

/// What a sentence is made of: words as they are, numbers as phrase() writes them.
inline std::string phrase(std::string_view words) {
  return std::string(words);
}

/// Sentence made of words and numbers, one after the other.
template <class... Parts>
std::string concat(const Parts&... parts) {
  return (std::string() + ... + phrase(parts));
}

}  // namespace chokepoint
