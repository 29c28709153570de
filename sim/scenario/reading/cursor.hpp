#pragma once

#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/path.hpp"

namespace chokepoint {

/// A message of the composed scenario together with its path, so that a check can say
/// `at.error("tdp_w", ...)` and the reader sees file, line and column of what was written.
class Cursor {
public:
  /// The whole scenario.
  Cursor(const Composed& composed, Diagnostics& found);

  /// Element i of the repeated message field `field`.
  Cursor child(const std::string& field, int i) const;
  /// All of them.
  std::vector<Cursor> children(const std::string& field) const;
  /// The singular message field `field`, whether set or not.
  Cursor child(const std::string& field) const;

  const Message& message() const { return *message_; }
  /// What its field `name` says.
  std::string name() const;
  /// Path of this message, or of one of its fields; empty for the scenario.
  const std::string& path() const { return path_; }
  std::string path_of(const std::string& field) const;

  /// Reports a problem with `field`, or with this message where `field` is not written. A field may
  /// be a dotted path below this message ("units.value") or an element ("pools[2]").
  void error(const std::string& field, std::string message, std::string help = "") const;
  /// True where anything was wrong so far: ids may stand for elements that are not there.
  bool has_errors() const { return found_->has_errors(); }
  /// True where another error would not be kept.
  bool is_full() const { return found_->is_full(); }

private:
  Cursor(const Cursor& parent, const Message& message, std::string path);

  const Composed* composed_;
  const Message* message_;
  std::string path_;
  Diagnostics* found_;
};

}  // namespace chokepoint
