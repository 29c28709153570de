#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace chokepoint {

/// A failure that says what to do about it.
class HelpedFailure : public std::runtime_error {
public:
  HelpedFailure(const std::string& message, std::string help)
      : std::runtime_error(message), help_(std::move(help)) {}

  /// One line, without "help: ".
  const std::string& help() const { return help_; }

private:
  std::string help_;
};

}  // namespace chokepoint
