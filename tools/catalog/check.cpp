#include "tools/catalog/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tools/print/table.hpp"

namespace chokepoint {

namespace {

namespace pb = chokepoint::v1;

using google::protobuf::Message;

constexpr double kTolerance = 1e-3;  // Published scores are rounded.
constexpr std::array<const char*, 4> kConfidence = {"official", "reported", "estimated", "memory"};

void count_value(const Message& value, CatalogReview& review) {
  const auto* field = value.GetDescriptor()->FindFieldByName("confidence");
  if (field == nullptr || value.GetDescriptor() == pb::Alternative::descriptor()) return;
  const int confidence = value.GetReflection()->GetEnumValue(value, field);
  if (confidence < 1 || confidence > 4) return;
  ++review.values;
  ++review.by_confidence[static_cast<std::size_t>(confidence - 1)];
}

bool is_contested(const pb::Sourced& figure) {
  return std::ranges::any_of(figure.alternatives(),
                             [&](const auto& other) { return other.value() != figure.value(); });
}

void compare_tpp(const World& world, CatalogReview& review) {
  for (const auto& device : world.devices) {
    if (!device.published_tpp) continue;
    ++review.published_tpp;
    const double computed = tpp(device.peaks);
    if (std::abs(computed / *device.published_tpp - 1.0) > kTolerance) {
      review.differences.push_back({device.name, computed, *device.published_tpp});
    }
  }
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", name);
  return list;
}

}  // namespace

CatalogReview review(const Catalog& catalog) {
  CatalogReview result;
  visit_sourced(catalog.written, [&](const Message& value, const std::string& path) {
    count_value(value, result);
    const auto* figure = dynamic_cast<const pb::Sourced*>(&value);
    if (figure == nullptr) return;
    if (figure->has_low()) ++result.ranged;
    if (is_contested(*figure)) result.contested.push_back(path);
  });
  const auto values = values_by_source(catalog.written);
  for (const auto& source : catalog.written.sources()) {
    if (values.count(source.name()) == 0) result.idle_sources.push_back(source.name());
  }
  compare_tpp(catalog.read, result);
  return result;
}

std::string review_text(const CatalogReview& review) {
  std::string text = fmt::format("{} values, every one with a source\n", review.values);
  for (std::size_t i = 0; i < kConfidence.size(); ++i) {
    text += fmt::format("  {:<10} {:>5}\n", kConfidence[i], review.by_confidence[i]);
  }
  text += fmt::format("{} with a range, {} contested between sources\n", review.ranged,
                      review.contested.size());
  for (const auto& path : review.contested) text += fmt::format("  {}\n", path);
  if (!review.idle_sources.empty()) {
    text += fmt::format("{} sources that nothing here rests on\n", review.idle_sources.size());
  }
  text += fmt::format("{} published TPP, {} beyond {} % of the computed one\n",
                      review.published_tpp, review.differences.size(), kTolerance * 100.0);
  if (review.differences.empty()) return text;
  Table table("tpp_differences",
              {Column("device", "  device"), Column("computed", Type::Real),
               Column("published", Type::Real), Column("ratio", Type::Real, "", format_fixed<3>)});
  for (const auto& row : review.differences) {
    table.add_row({"  " + row.device, row.computed, row.published, row.computed / row.published});
  }
  return text + to_text(table);
}

std::string review_json(const CatalogReview& review) {
  std::string json = "{\n  \"schema\": \"chokepoint.catalog.check/1\",\n";
  json += fmt::format("  \"values\": {},\n  \"ranged\": {},\n", review.values, review.ranged);
  for (std::size_t i = 0; i < kConfidence.size(); ++i) {
    json += fmt::format("  \"{}\": {},\n", kConfidence[i], review.by_confidence[i]);
  }
  json += fmt::format("  \"contested\": [{}],\n", quoted_list(review.contested));
  json += fmt::format("  \"idle_sources\": [{}],\n", quoted_list(review.idle_sources));
  json += fmt::format("  \"published_tpp\": {},\n  \"tpp_differences\": [", review.published_tpp);
  std::string rows;
  for (const auto& row : review.differences) {
    rows += fmt::format("{}\n    {{\"device\": \"{}\", \"computed\": {}, \"published\": {}}}",
                        rows.empty() ? "" : ",", row.device, format_exact(row.computed),
                        format_exact(row.published));
  }
  return json + rows + "]\n}\n";
}

}  // namespace chokepoint
