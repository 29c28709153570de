#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint {

/// Name among `known` that `name` was perhaps meant to be, by edit distance (at most a third of its
/// length, and at most 4), else the first that has all its words, whatever their case: "H20" is
/// near "nv_h20_96". Ties go to the first; empty where none is near. Nothing is near a name of more
/// than 100 bytes: distances take the square of that.
std::string nearest(const std::string& name, const std::vector<std::string>& known);

/// "did you mean 'x'?" of what nearest() finds; `otherwise` where it finds nothing.
std::string did_you_mean(const std::string& name, const std::vector<std::string>& known,
                         const std::string& otherwise);

/// Help for a name that is not among `known`: what was perhaps meant, or what there is.
std::string help_for_unknown(const std::string& name, const std::vector<std::string>& known,
                             const std::string& kind);

/// Runs of letters and digits, in lower case: "NV_H20 96" has three.
std::vector<std::string> words_in(const std::string& text);
/// Whether a name has all these words, in any order.
bool has_words(const std::string& name, const std::vector<std::string>& wanted);

/// Longer names are refused where they are read, whatever they are made of: paths repeat them.
inline constexpr std::size_t kLongestName = 200;

/// True for names such as "hw_ascend_910c": a letter or digit, then letters, digits, '_', '.', '-'.
bool is_name(const std::string& text);

}  // namespace chokepoint
