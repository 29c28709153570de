#include "sim/scenario/text/shared_name.hpp"

#include <ostream>
#include <set>

namespace chokepoint {

SharedName::SharedName(std::string_view name) {
  static const std::string nothing;
  static std::set<std::string, std::less<>> known;
  if (name.empty()) {
    name_ = &nothing;
    return;
  }
  auto same = known.find(name);
  if (same == known.end()) same = known.emplace(name).first;
  name_ = &*same;
}

std::ostream& operator<<(std::ostream& out, const SharedName& name) {
  return out << name.str();
}

}  // namespace chokepoint
