#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "models/ids.hpp"
#include "sim/trace/event/samples.hpp"
#include "sim/trace/naming.hpp"

namespace chokepoint {

/// Every counter, in the order of their declaration.
inline constexpr auto kCounters = [] {
  std::array<Counter, static_cast<std::size_t>(Counter::TrainingFlopsThere) + 1> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Counter>(i);
  return all;
}();

/// What a counter is counted for.
enum class CounterSubject { Supply, Pool, Site, Service, Stack, Run, Job };

/// Name of a counter in files, such as "devices_installed".
std::string_view counter_name(Counter counter);

/// Unit of a counter's values in files, such as "packages". "H100e" is one reference device.
std::string_view counter_unit(Counter counter);

/// The list that the index of a sample points into.
CounterSubject counter_subject(Counter counter);

/// Calls `visit` with the id of what `sample` is of.
template <class Visit>
decltype(auto) with_subject(const CounterSampled& sample, const Visit& visit) {
  switch (counter_subject(sample.counter)) {
    case CounterSubject::Supply:
      return visit(SupplyId{sample.index});
    case CounterSubject::Pool:
      return visit(PoolId{sample.index});
    case CounterSubject::Site:
      return visit(SiteId{sample.index});
    case CounterSubject::Service:
      return visit(ServiceId{sample.index});
    case CounterSubject::Stack:
      return visit(StackId{sample.index});
    case CounterSubject::Job:
      return visit(JobId{sample.index});
    case CounterSubject::Run:
      break;
  }
  return visit(RunId{sample.index});
}

/// The name of what `sample` is of.
inline const std::string& subject_name(const World& world, const CounterSampled& sample) {
  return with_subject(sample, [&](auto id) -> const std::string& { return name_of(world, id); });
}

}  // namespace chokepoint
