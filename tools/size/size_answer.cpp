#include "tools/size/size_answer.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <tuple>
#include <utility>

#include "models/serving/fixed_point.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr int kDevicesPerServer = 8;  // Where no server is known.

bool can_be_estimated(const DeviceSpec& device) {
  return device.memory && device.memory_bandwidth && device.peaks.bf16;
}

ServingQuestion asked_of(const SizeQuestion& question, const std::string& device) {
  ServingQuestion asked = question.of;
  asked.device = device;
  asked.devices = 1;
  asked.tensor = asked.pipeline = asked.attention_dp = 1;
  asked.expert_parallel = false;
  asked.prompt = question.load.prompt.value;
  asked.output = question.load.output.value;
  return asked;
}

/// The server that is asked for, else all of the device; none: its links are those of its own.
std::vector<std::string> servers_of(const SizeQuestion& question, const DeviceSpec& device,
                                    const World& world) {
  if (!question.of.node.empty()) return {question.of.node};
  std::vector<std::string> servers;
  for (const NodeSpec& node : world.nodes) {
    if (&world.devices[node.device.value] == &device) servers.push_back(node.name);
  }
  if (servers.empty()) servers.emplace_back();
  return servers;
}

/// The kind in one of its servers.
SizedKind size_in(const SizeQuestion& question, const ServingQuestion& asked,
                  const ServingSubject& known, const ServingCatalog& world) {
  SizedKind kind;
  const auto formats = formats_to_try(asked, world);
  const SizingChoice choice = choice_of(known, formats);
  const double rate = *question.target.rate;
  auto found = least_fleet(choice, question.load.load, rate, question.target.bounds);
  if (auto* fleet = std::get_if<SizedFleet>(&found)) {
    kind.cost = fleet_cost(known.upkeep, static_cast<double>(fleet->devices()),
                           rate * question.load.output.value);
    kind.found = std::move(*fleet);
  } else {
    kind.found = std::get<NoFleet>(std::move(found));
  }
  return kind;
}

// Least first.
auto rank(const SizedKind& kind) {
  const bool has_fleet = kind.fleet() != nullptr;
  const bool has_price = has_fleet && kind.cost.per_month.has_value();
  const double by = has_price ? kind.cost.per_month->value : kind.cost.power.value;
  return std::tuple(!kind.left_out.empty(), !has_fleet, !has_price, by);
}

void size_kind(const SizeQuestion& question, const ServingCatalog& world, SizedKind& kind) {
  ServingQuestion asked = asked_of(question, kind.device);
  const auto first = understand(asked, world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&first)) {
    kind.left_out = wrong->message;
    return;
  }
  const DeviceSpec& device = *std::get<ServingSubject>(first).device;
  for (const std::string& server : servers_of(question, device, world)) {
    asked.node = server;
    const auto subject = understand(asked, world);
    const auto* known = std::get_if<ServingSubject>(&subject);
    if (known == nullptr) continue;
    SizedKind here;
    try {
      here = size_in(question, asked, *known, world);
    } catch (const StepTooLong& step) {
      if (kind.subject == nullptr) kind.left_out = step.what();
      continue;
    }
    here.device = kind.device;
    here.ruling = kind.ruling;
    here.sold_from = kind.sold_from;
    here.subject = std::make_shared<const ServingSubject>(*known);
    if (kind.subject == nullptr || rank(here) < rank(kind)) kind = std::move(here);
  }
}

/// A kind with the reason for which it is not looked at, where there is one.
SizedKind kind_asked(const std::string& name, const SizeQuestion& question, const World& world,
                     const std::optional<SiteQuestion>& site) {
  SizedKind kind;
  kind.device = name;
  kind.sold_from = first_sale(name, world);
  if (site) kind.ruling = ruling_for(*site, name);
  if (!kind.ruling.may_buy) {
    kind.left_out = kind.ruling.text();
  } else if (question.on && kind.sold_from && *question.on < *kind.sold_from) {
    kind.left_out = "not sold before " + format_date(*kind.sold_from);
  }
  return kind;
}

}  // namespace

std::optional<Date> first_sale(const std::string& device, const World& world) {
  const auto found = std::ranges::find(world.devices, device, &DeviceSpec::name);
  const auto at = static_cast<std::size_t>(found - world.devices.begin());
  return at < world.device_items.size() ? world.device_items[at].released : std::nullopt;
}

std::vector<std::string> kinds_of(const SizeQuestion& question, const World& world) {
  if (!question.devices.empty()) return question.devices;
  return question.asks_all ? all_kinds(world) : default_kinds(world);
}

std::vector<std::string> default_kinds(const World& world) {
  std::vector<std::string> names;
  for (const NodeSpec& node : world.nodes) {
    const DeviceSpec& device = world.devices[node.device.value];
    const bool is_there = std::ranges::find(names, device.name) != names.end();
    if (device.price && can_be_estimated(device) && !is_there) names.push_back(device.name);
  }
  return names;
}

std::vector<std::string> all_kinds(const World& world) {
  const auto is_part = [&](std::size_t i) {
    return std::ranges::any_of(world.devices, [&](const DeviceSpec& whole) {
      return whole.counted_as && whole.counted_as->value == i;
    });
  };
  std::vector<std::string> names;
  for (std::size_t i = 0; i < world.devices.size(); ++i) {
    const DeviceSpec& device = world.devices[i];
    if (device.designed_for_datacenter && can_be_estimated(device) && !is_part(i)) {
      names.push_back(device.name);
    }
  }
  return names;
}

std::variant<ServingSubject, Misunderstanding> subject_of(const SizeQuestion& question,
                                                          const std::string& device,
                                                          const ServingCatalog& world) {
  return understand(asked_of(question, device), world);
}

std::vector<Precision> formats_for(const SizeQuestion& question, const std::string& device,
                                   const ServingCatalog& world) {
  return formats_to_try(asked_of(question, device), world);
}

SizingChoice choice_of(const ServingSubject& subject, const std::vector<Precision>& formats) {
  const int server = subject.node != nullptr ? subject.node->devices_per_node : kDevicesPerServer;
  return {subject.task, formats, engine_options(subject), server};
}

std::optional<Misunderstanding> complaint_of(const SizeQuestion& question,
                                             const ServingCatalog& world) {
  for (const std::string& device : question.devices) {
    if (std::ranges::count(question.devices, device) > 1) {
      return Misunderstanding{"device " + in_quotes(device) + " is there twice", "name each once"};
    }
    const auto subject = subject_of(question, device, world);
    if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) return *wrong;
  }
  if (!question.devices.empty()) return std::nullopt;
  // Of the defaults some may lack a stack's version; all of them lack a model that there is not.
  std::optional<Misunderstanding> first;
  for (const std::string& device : kinds_of(question, world)) {
    const auto subject = subject_of(question, device, world);
    const auto* wrong = std::get_if<Misunderstanding>(&subject);
    if (wrong == nullptr) return std::nullopt;
    if (!first) first = *wrong;
  }
  return first;
}

std::vector<SizedKind> size_kinds(const SizeQuestion& question, const ServingCatalog& world,
                                  const std::optional<SiteQuestion>& site, unsigned workers,
                                  const std::function<void(const SizedKind&)>& done) {
  std::vector<SizedKind> kinds;
  for (const std::string& name : kinds_of(question, world)) {
    kinds.push_back(kind_asked(name, question, world, site));
  }
  std::atomic<std::size_t> next = 0;
  std::vector<std::exception_ptr> failures(kinds.size());
  const auto work = [&] {
    for (std::size_t i = next++; i < kinds.size(); i = next++) {
      try {
        if (kinds[i].left_out.empty()) size_kind(question, world, kinds[i]);
        if (done) done(kinds[i]);
      } catch (...) {  // A thread must not throw: the first kind's is thrown on below.
        failures[i] = std::current_exception();
      }
    }
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < workers; ++i) others.emplace_back(work);
  work();
  others.clear();
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  std::ranges::stable_sort(
      kinds, [](const SizedKind& a, const SizedKind& b) { return rank(a) < rank(b); });
  return kinds;
}

}  // namespace chokepoint
