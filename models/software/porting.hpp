#pragma once

#include <span>
#include <vector>

#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How well a model family runs on a stack: not at all, on fallbacks, or on kernels made for it.
enum class PortState { Unsupported, Generic, Tuned };

/// The effort and cost of porting.
struct PortingLaw {
  /// Share of the engineer-months after which a family runs at all, in (0, 1].
  Sourced<double> generic_share;
  /// The need falls with the (1 + earlier ports) to the power of minus this; >= 0.
  Sourced<double> port_learning;
  /// And with (1 + installed units / base_units) to the power of minus this; >= 0.
  Sourced<double> base_learning;
  Sourced<double> base_units;  ///< > 0.
  /// Cost of coordination: n people do the work of n / (1 + n / crowd); > 0.
  Sourced<double> crowd;
  Sourced<double> least_months;  ///< No port takes less, however many work on it; > 0.
  Sourced<Usd> engineer_month;   ///< Cost of one person for a month.
};

/// Earlier experience that makes a port easier.
struct PortingExperience {
  double earlier_ports = 0.0;    ///< Of the same family, to other stacks.
  double installed_units = 0.0;  ///< Packages that run the stack: shared kernels, known faults.
};

/// A family to bring to a stack.
struct PortingTask {
  double difficulty = 0.0;  ///< Engineer-months to write all its kernels afresh, >= 0.
  /// Of the stack from the one that the family was written for, in [0, 1]: 0 of that one itself,
  /// about 0.1 where the same source compiles, near 1 where nothing carries over.
  double distance = 1.0;
};

/// Engineer-months to tune a family for a stack:
///
///   difficulty * distance * (1 + ports)^-port_learning * (1 + units / base_units)^-base_learning
///
/// Never rises with what was learned before; 0 on the stack that the family was written for.
double porting_need(const PortingLaw& law, const PortingTask& task,
                    const PortingExperience& experience);

/// Engineer-months that `engineers` do in a month: n / (1 + n / crowd). Grows with n, by less and
/// less, and never reaches `crowd`.
double effective_engineers(const PortingLaw& law, double engineers);

/// Months that `engineers` take for `need` engineer-months: need / effective engineers, and at
/// least `least_months`; 0 where nothing is needed, without end where nobody works on it. More
/// engineers are never later.
double porting_months(const PortingLaw& law, double need, double engineers);

/// The port of one model family to one stack. On the stack that it was written for, CUDA for nearly
/// all, it is tuned from the start.
struct PortingProject {
  TransformerId family;  ///< The transformer that stands for it.
  StackId stack;
  double need = 0.0;  ///< Engineer-months in all, >= 0. May fall while work goes on.
  double done = 0.0;  ///< Of them.
  Usd spent;
};

/// The state of the port: tuned once all is done, generic from the generic share on.
PortState state_of(const PortingProject& project, const PortingLaw& law);

/// The project after a month's work of `engineers`, who are paid for the part of the month that it
/// takes to finish.
PortingProject worked_on(const PortingProject& project, const PortingLaw& law, double engineers);

/// A family that serves on a stack.
struct Deployment {
  TransformerId family;
  StackId stack;
  double weight = 1.0;  ///< Share of the tokens served, or of the fleet; >= 0.
};

/// Months that a team of `engineers` takes to move a deployed model to another stack: the mean over
/// deployments by weight, and for each over all other stacks that its family has a pair with, of
/// the months for the work left. 0 where there is no other stack: with one stack everywhere nothing
/// can be moved and nobody is locked in by it. Requires: engineers > 0.
double expected_months_to_move(std::span<const Deployment> deployments,
                               std::span<const PortingProject> pairs, const PortingLaw& law,
                               double engineers);

/// A stack on one side of a split.
struct StackBranch {
  StackId stack;
  double breadth = 0.0;      ///< As in Maturity, in [0, 1].
  double generations = 0.0;  ///< Of chips or major versions since it left the common source.
};

/// How far two stacks have grown apart, in [0, 1]; 0 of a stack and itself:
///
///   1 - min(breadth_a, breadth_b) * keep ^ (generations_a + generations_b)
///
/// The first factor is what both have kernels for, since both write the most used operators first;
/// the second what a generation of either leaves compatible, `keep` in [0, 1].
double divergence(const StackBranch& a, const StackBranch& b, double keep);

/// Two sets of stacks, such as those sold in the West and those made in China; may overlap.
struct StackSides {
  std::vector<StackBranch> here, there;
};

/// Share of deployed models, by weight, that run on both sides without porting: for each, 1 less
/// the divergence of its stack from the nearest one of the other side. A stack that is on both
/// sides carries all its models. Deployments on stacks of neither side are left out; 1 where none
/// is left. Falls as stacks diverge. Requires: keep in [0, 1].
double shared_artefacts(std::span<const Deployment> deployments, const StackSides& sides,
                        double keep);

}  // namespace chokepoint
