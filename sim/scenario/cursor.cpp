#include "sim/scenario/cursor.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "sim/scenario/changes.hpp"
#include "sim/scenario/path.hpp"

namespace chokepoint {

namespace {

using google::protobuf::Message;

const google::protobuf::FieldDescriptor& field_of(const Message& message, const std::string& name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  assert(field != nullptr);
  return *field;
}

// Smallest number of characters to insert, delete, replace or swap with their neighbor that makes
// `a` of `b`.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    std::swap(above, row);
  }
  return above[b.size()];
}

// Turns the indices of keyed elements in "pools[2].stocks[0]" into their names.
std::string with_names(const Message& message, const std::string& field) {
  if (field.find('[') == std::string::npos) return field;
  const auto segments = parse_path(field);
  assert(segments);
  const Message* parent = &message;
  std::string path;
  for (const auto& segment : *segments) {
    const auto& descriptor = field_of(*parent, segment.field);
    path = join_path(path, segment.field);
    const auto* reflection = parent->GetReflection();
    if (segment.key) {
      const int i = std::stoi(*segment.key);
      path = element_path(path, key_of(*parent, descriptor, i));
      if (descriptor.message_type() != nullptr) {
        parent = &reflection->GetRepeatedMessage(*parent, &descriptor, i);
      }
    } else if (descriptor.message_type() != nullptr && !descriptor.is_repeated()) {
      parent = &reflection->GetMessage(*parent, &descriptor);
    }
  }
  return path;
}

}  // namespace

Cursor::Cursor(const Composed& composed, Diagnostics& found)
    : composed_(&composed), message_(&composed.scenario), found_(&found) {}

Cursor::Cursor(const Cursor& parent, const Message& message, std::string path)
    : composed_(parent.composed_),
      message_(&message),
      path_(std::move(path)),
      found_(parent.found_) {}

Cursor Cursor::child(const std::string& field, int i) const {
  const auto& descriptor = field_of(*message_, field);
  assert(descriptor.is_repeated() && descriptor.message_type() != nullptr);
  const auto& element = message_->GetReflection()->GetRepeatedMessage(*message_, &descriptor, i);
  return {*this, element, element_path(join_path(path_, field), key_of(*message_, descriptor, i))};
}

Cursor Cursor::child(const std::string& field) const {
  const auto& descriptor = field_of(*message_, field);
  assert(!descriptor.is_repeated() && descriptor.message_type() != nullptr);
  return {*this, message_->GetReflection()->GetMessage(*message_, &descriptor),
          join_path(path_, field)};
}

std::string Cursor::path_of(const std::string& field) const {
  return join_path(path_, with_names(*message_, field));
}

void Cursor::error(const std::string& field, std::string message, std::string help) const {
  const auto where = origin_of(composed_->origins, path_of(field));
  found_->error(where, std::move(message), std::move(help));
}

std::string nearest(const std::string& name, const std::vector<std::string>& known) {
  const std::size_t farthest = std::min<std::size_t>(4, name.size() / 3);
  std::string best;
  std::size_t least = farthest + 1;
  for (const auto& candidate : known) {
    const auto [shorter, longer] = std::minmax({name.size(), candidate.size()});
    if (longer - shorter > farthest) continue;
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

}  // namespace chokepoint
