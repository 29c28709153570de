#include "sim/graph/rank_groups.hpp"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double kMostRank = 1e6;
constexpr const char* kHelp = "groups look like {\"1\": [0, 8], \"2\": [1, 9]}";

std::optional<int> rank_in(const google::protobuf::Value& value) {
  const double number = value.number_value();
  const bool is_rank = value.kind_case() == google::protobuf::Value::kNumberValue && number >= 0 &&
                       number <= kMostRank && number == std::floor(number);
  return is_rank ? std::optional(static_cast<int>(number)) : std::nullopt;
}

}  // namespace

std::optional<RankGroups> read_groups(const std::string& text, const std::string& file,
                                      Diagnostics& found) {
  const std::size_t before = found.errors();
  google::protobuf::Struct all;
  if (!google::protobuf::util::JsonStringToMessage(text, &all).ok()) {
    found.error({file, 0, 0}, "is no JSON object of groups", kHelp);
    return std::nullopt;
  }
  RankGroups groups;
  for (const auto& [name, value] : all.fields()) {
    auto& ranks = groups[name];
    for (const auto& one : value.list_value().values()) {
      const auto rank = rank_in(one);
      if (!rank) {
        found.error({file, 0, 0}, "group '" + name + "' has what is no rank", kHelp);
      } else if (std::find(ranks.begin(), ranks.end(), *rank) != ranks.end()) {
        found.error({file, 0, 0},
                    "group '" + name + "' has rank " + std::to_string(*rank) + " twice");
      } else {
        ranks.push_back(*rank);
      }
    }
    if (value.list_value().values().empty()) {
      found.error({file, 0, 0}, "group '" + name + "' has no ranks", kHelp);
    }
  }
  if (found.errors() > before) return std::nullopt;
  return groups;
}

}  // namespace chokepoint
