#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <exception>
#include <functional>
#include <type_traits>
#include <vector>

#include "sim/engine/engine.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// What `work` returns when it runs in a child process: SimGrid's clock starts once per process, so
/// that a test which compares two simulations needs two.
template <class T>
std::vector<T> in_child(const std::function<std::vector<T>()>& work) {
  static_assert(std::is_trivially_copyable_v<T>);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    int status = 1;
    try {
      const std::vector<T> result = work();
      FILE* out = fdopen(ends[1], "wb");
      const bool written = fwrite(result.data(), sizeof(T), result.size(), out) == result.size();
      status = written && fflush(out) == 0 ? 0 : 1;
    } catch (const std::exception& error) {
      fprintf(stderr, "in the child: %s\n", error.what());
    }
    _exit(status);
  }
  close(ends[1]);
  std::vector<T> result;
  FILE* in = fdopen(ends[0], "rb");
  alignas(T) unsigned char bytes[sizeof(T)];
  while (fread(bytes, sizeof(T), 1, in) == 1) result.push_back(*reinterpret_cast<T*>(bytes));
  fclose(in);
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 0);
  return result;
}

/// The facts of one run of `world`.
inline std::vector<TraceEvent> facts_of(const World& world) {
  return in_child<TraceEvent>([&world] {
    MemorySink sink;
    run(world, sink);
    return sink.events;
  });
}

/// The facts of one run whose sink hears no reasons.
inline std::vector<TraceEvent> facts_without_reasons(const World& world) {
  struct Deaf : MemorySink {
    bool hears_reasons() const override { return false; }
  };
  return in_child<TraceEvent>([&world] {
    Deaf sink;
    run(world, sink);
    return sink.events;
  });
}

/// Those of `facts` that are of one kind, in order.
template <class Fact>
std::vector<Fact> only(const std::vector<TraceEvent>& facts) {
  std::vector<Fact> found;
  for (const TraceEvent& event : facts) {
    if (const auto* fact = std::get_if<Fact>(&event)) found.push_back(*fact);
  }
  return found;
}

/// Sum of `units` over the facts of one kind.
template <class Fact>
double units_of(const std::vector<TraceEvent>& facts) {
  double units = 0.0;
  for (const Fact& fact : only<Fact>(facts)) units += fact.units;
  return units;
}

/// Units delivered up to a date.
inline double delivered_by(const std::vector<TraceEvent>& facts, Seconds date) {
  double units = 0.0;
  for (const auto& fact : only<ShipmentDelivered>(facts)) {
    if (fact.time <= date) units += fact.units;
  }
  return units;
}

}  // namespace chokepoint
