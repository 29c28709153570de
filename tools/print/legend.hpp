#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint {

/// Short marks for long names, so that tables stay narrow: numbers, or letters, in the order in
/// which names are first asked for.
class Legend {
public:
  enum class Marks { Numbers, Letters };

  explicit Legend(Marks marks) : marks_(marks) {}

  /// The mark of `name`: "[1]", "[2]", ... or "a", "b", ..., "z", "aa", ...
  std::string mark(const std::string& name);

  /// Marks of the names in `joined`, which stand between " + "; empty for an empty text.
  std::string mark_all(const std::string& joined);

  /// Names that were asked for; names()[i] has the i-th mark.
  const std::vector<std::string>& names() const { return names_; }

private:
  std::string mark_at(std::size_t index) const;

  Marks marks_;
  std::vector<std::string> names_;
};

/// Parts of a text that stand between `separator`s; none in an empty one.
std::vector<std::string> parts_of(const std::string& joined, const std::string& separator = " + ");

}  // namespace chokepoint
