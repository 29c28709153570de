#pragma once

#include <array>
#include <optional>
#include <vector>

#include "models/software/ports.hpp"
#include "models/world.hpp"
#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/kernel/agenda.hpp"

namespace chokepoint {

/// How mature every stack is. The fractions of the catalogue hold on the day on which they were
/// measured. Before and after, maturity scales them. A stack without a history is always as the
/// catalogue says, or as the world's speeds of devices do.
class Stacks {
public:
  Stacks(const World& world, Agenda& agenda, const Sites& sites);

  /// Enters every month.
  void start();

  /// Factor on what the catalogue says of the useful throughput of `device` today; 1 on the day of
  /// measurement for models that run tuned. Of deployed models and of those of research, `research`
  /// being their share of the work, in [0, 1], so many run tuned, so many on fallbacks, and the
  /// rest not at all. Never rises with a slowdown of the fallback.
  double factor(DeviceId device, WorkKind kind, double research) const;

  /// The same of a model that runs tuned, such as that of a training job whose owner has ported it.
  double factor_of_tuned(DeviceId device, WorkKind kind) const;

  /// Months in which a buyer gets those of `families` of models tuned for the stack of `device`
  /// that its vendor has not.
  double porting_months(DeviceId device, double families) const;

  /// Choices of one nest replace each other more closely: CUDA itself, stacks that compile its
  /// sources, and all others.
  std::uint32_t nest(DeviceId device) const;

  /// The maturity of a stack on its newest generation of chips; 1 where it has no history.
  Maturity maturity(StackId stack) const;

  /// Months to move a model that is deployed as chips are installed today, on average over stacks.
  double months_to_move() const;

  /// Share of pairs of a model family and a stack, both in use, that run tuned; what ports cost so
  /// far.
  double portability() const { return ports_.portability(); }
  Usd porting_spent() const { return ports_.spent() - ported_before_; }

  /// Share of models in use, by installed base, that run on foreign and on Chinese stacks alike.
  double shared_artefacts() const;

private:
  struct Generation {
    Date from;
    Maturity maturity;
  };
  struct Line {
    const StackHistory* history = nullptr;
    std::vector<Generation> generations;
    Maturity measured;  ///< On the day of measurement.
  };

  /// Of what chips do where models run tuned on a mature stack, what they reach in a month.
  struct Reached {
    double deployed = 0.0, research = 0.0;  ///< On models of this kind.
  };
  using OfWork = std::array<std::optional<Reached>, kWorkKinds>;

  void on_month();
  double reached(DeviceId device, WorkKind kind, const Generation& generation,
                 bool is_research) const;
  void port_before_start();
  /// What a stack's ports take today and who is there for them.
  StackMonth port_month(StackId stack, Date today) const;
  /// Moves a stack on by a month. True where chips of a new generation come today.
  bool mature(Line& line, Date today) const;
  const Generation* generation_of(DeviceId device) const;
  /// Whom the vendor of a stack has for ports today.
  double port_engineers(const Line& line, Date today) const;
  double installed(StackId stack) const;
  double need(StackId stack, double families) const;
  std::uint32_t nest(StackId stack) const;
  std::vector<Deployment> deployments() const;

  const World& world_;
  Agenda& agenda_;
  const Sites& sites_;
  std::vector<Line> lines_;        // By stack.
  std::vector<Date> sold_since_;   // By device: when its offer begins.
  std::vector<double> installed_;  // By stack, packages; of the last month's first day.
  Ports ports_;
  Usd ported_before_;                    // What ports had cost on the first day.
  mutable std::vector<OfWork> reached_;  // By device and kind of work; what was asked this month.
};

}  // namespace chokepoint
