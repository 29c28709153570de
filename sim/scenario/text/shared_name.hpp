#pragma once

#include <compare>
#include <iosfwd>
#include <string>
#include <string_view>

namespace chokepoint {

/// A name that thousands of places share, such as that of their file: kept once, for as long as the
/// program runs. As large as a pointer, and copied like one.
class SharedName {
public:
  SharedName() : SharedName(std::string_view()) {}
  SharedName(std::string_view name);
  SharedName(const std::string& name) : SharedName(std::string_view(name)) {}
  SharedName(const char* name) : SharedName(std::string_view(name)) {}

  const std::string& str() const { return *name_; }
  operator const std::string&() const { return *name_; }
  bool empty() const { return name_->empty(); }

  bool operator==(const SharedName&) const = default;
  std::strong_ordering operator<=>(const SharedName& other) const {
    return *name_ <=> *other.name_;
  }

private:
  const std::string* name_;
};

std::ostream& operator<<(std::ostream& out, const SharedName& name);

}  // namespace chokepoint
