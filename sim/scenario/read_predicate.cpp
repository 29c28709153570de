#include "sim/scenario/read_predicate.hpp"

#include <algorithm>

#include "sim/scenario/phrases.hpp"
#include "sim/scenario/read_field.hpp"

namespace chokepoint {

namespace {

// Thresholds are law: zero is one, and how high they may be is not for us to say.
constexpr Unit kTppThreshold = at_least(0.0, 1.0, 1e9, "1e12 operations per second times bits");
constexpr Unit kDensityThreshold = at_least(0.0, 1.0, 1e6, "a TPP per square millimeter");
constexpr Unit kBandwidthThreshold = at_least(0.0, 1e9, 1e9, "1e9 bytes per second");

std::optional<double> threshold(const Cursor& at, const std::string& field, const Unit& unit) {
  return is_written(at, field) ? read_number(at, field, unit) : std::nullopt;
}

std::optional<BytesPerSecond> bandwidth_threshold(const Cursor& at, const std::string& field) {
  const auto value = threshold(at, field, kBandwidthThreshold);
  return value ? std::optional(BytesPerSecond{*value}) : std::nullopt;
}

template <class Value>
void check_bounds(const Cursor& at, const std::string& quantity, const std::optional<Value>& from,
                  const std::optional<Value>& below) {
  if (!from || !below || *from < *below) return;
  at.error(quantity + "_at_least",
           concat(quantity, "_at_least is not below ", quantity, "_below, so nothing matches"),
           "the lower bound is included, the upper one is not");
}

void read_thresholds(const Cursor& at, Predicate& out) {
  out.tpp_at_least = threshold(at, "tpp_at_least", kTppThreshold);
  out.tpp_below = threshold(at, "tpp_below", kTppThreshold);
  out.performance_density_at_least =
      threshold(at, "performance_density_at_least", kDensityThreshold);
  out.performance_density_below = threshold(at, "performance_density_below", kDensityThreshold);
  out.memory_bandwidth_at_least = bandwidth_threshold(at, "memory_bandwidth_gb_s_at_least");
  out.memory_bandwidth_below = bandwidth_threshold(at, "memory_bandwidth_gb_s_below");
  out.io_bandwidth_at_least = bandwidth_threshold(at, "io_bandwidth_gb_s_at_least");
  out.io_bandwidth_below = bandwidth_threshold(at, "io_bandwidth_gb_s_below");
  out.total_bandwidth_at_least = bandwidth_threshold(at, "total_bandwidth_gb_s_at_least");
  check_bounds(at, "tpp", out.tpp_at_least, out.tpp_below);
  check_bounds(at, "performance_density", out.performance_density_at_least,
               out.performance_density_below);
  check_bounds(at, "memory_bandwidth_gb_s", out.memory_bandwidth_at_least,
               out.memory_bandwidth_below);
  check_bounds(at, "io_bandwidth_gb_s", out.io_bandwidth_at_least, out.io_bandwidth_below);
}

std::vector<Predicate> read_branches(const Reading& reading, const Cursor& at,
                                     const std::string& field, int count) {
  std::vector<Predicate> branches;
  branches.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    branches.push_back(read_predicate(reading, at.child(field, i)));
  }
  return branches;
}

}  // namespace

Predicate read_predicate(const Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Predicate>(at);
  Predicate out;
  out.any_of = read_branches(reading, at, "any_of", in.any_of_size());
  out.all_of = read_branches(reading, at, "all_of", in.all_of_size());
  out.none_of = read_branches(reading, at, "none_of", in.none_of_size());
  read_thresholds(at, out);
  if (in.has_designed_for_datacenter()) {
    out.designed_for_datacenter = in.designed_for_datacenter();
  }
  out.devices = resolve_all(reading.devices, at, "devices", in.devices());
  out.vendor_headquarters = read_countries(at, "vendor_headquarters", in.vendor_headquarters());
  return out;
}

PartyTest read_party_test(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::PartyTest>(at);
  auto& classes = reading.world.buyer_classes;
  PartyTest out;
  out.headquarters = read_countries(at, "headquarters", in.headquarters());
  out.orgs = resolve_all(reading.orgs, at, "orgs", in.orgs());
  for (int i = 0; i < in.classes_size(); ++i) {
    const std::string& name = in.classes(i);
    const auto known = std::find(classes.begin(), classes.end(), name);
    out.classes.push_back(BuyerClassId{static_cast<std::uint32_t>(known - classes.begin())});
    if (known != classes.end()) continue;
    const std::string field = concat("classes[", i, "]");
    const std::string near = is_name(name) && name.size() <= 100 ? nearest(name, classes) : "";
    if (!is_name(name)) {
      at.error(field, concat(in_quotes(name), " is no name"), "classes are written like names");
    } else if (!near.empty()) {
      at.error(field, concat("no org is of class ", in_quotes(name)),
               concat("did you mean ", in_quotes(near), "?"));
    }
    classes.push_back(name);
  }
  return out;
}

std::vector<Country> read_countries(
    const Cursor& at, const std::string& field,
    const google::protobuf::RepeatedPtrField<std::string>& written) {
  std::vector<Country> countries;
  for (int i = 0; i < written.size(); ++i) {
    const auto country = read_country(at, concat(field, "[", i, "]"), written.Get(i));
    if (country) countries.push_back(*country);
  }
  return countries;
}

}  // namespace chokepoint
