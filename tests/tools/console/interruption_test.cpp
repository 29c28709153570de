#include "tools/console/interruption.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <functional>
#include <string>

#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

/// How a process ended, and what it wrote to standard error.
struct End {
  int status = 0;
  std::string said;
};

/// Runs `work` in a process of its own.
End end_of(const std::function<void()>& work) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t process = fork();
  if (process == 0) {
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    work();
    _exit(0);
  }
  close(ends[1]);
  End end;
  char buffer[4096];
  for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof buffer)) > 0;) {
    end.said.append(buffer, static_cast<std::size_t>(n));
  }
  close(ends[0]);
  waitpid(process, &end.status, 0);
  return end;
}

End end_by(int signal, const std::string& task) {
  return end_of([&] {
    catch_signals(nullptr);
    if (!task.empty()) set_interrupted_task(task);
    raise(signal);
  });
}

TEST_CASE("interruption: a signal ends the program with its code and one line",
          "[console][signal]") {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const End end = end_by(signal, "12 of 40 draws were done");
    REQUIRE(WIFEXITED(end.status));
    CHECK(WEXITSTATUS(end.status) == 128 + signal);
    CHECK(end.said == "chokepoint: interrupted: 12 of 40 draws were done\n");
  }
  CHECK(end_by(SIGINT, "").said == "chokepoint: interrupted: nothing is kept\n");
}

TEST_CASE("interruption: who does not listen any more is told nothing", "[console][signal]") {
  const End end = end_by(SIGPIPE, "");
  CHECK(WEXITSTATUS(end.status) == 141);
  CHECK(end.said.empty());
}

TEST_CASE("interruption: the latest task counts, however long", "[console][signal]") {
  const End end = end_of([] {
    catch_signals(nullptr);
    set_interrupted_task(std::string(100'000, 'x'));
    set_interrupted_task("first");
    set_interrupted_task("second");
    raise(SIGTERM);
  });
  CHECK(end.said == "chokepoint: interrupted: second\n");
  CHECK(end_by(SIGINT, std::string(100'000, 'x')).said.size() < 2'000);
}

TEST_CASE("interruption: a file name cannot command the terminal", "[console][signal]") {
  const End end = end_by(SIGINT, "kept in a\x1b[2J\nb");
  CHECK(end.said == "chokepoint: interrupted: kept in a?[2J?b\n");
  // U+009B begins a command as ESC [ does, and U+202E turns the line around.
  const End beyond = end_by(SIGINT,
                            "kept in \xC2\x9B"
                            "2J\xE2\x80\xAE\xFFg\xC3\xA4\t");
  CHECK(beyond.said == "chokepoint: interrupted: kept in ?2J??g\xC3\xA4\t\n");
  std::string long_path;
  for (int i = 0; i < 1'000; ++i) long_path += "\xC3\xA4";  // Cut between characters.
  CHECK(end_by(SIGINT, long_path).said.find('?') == std::string::npos);
}

TEST_CASE("interruption: workers are stopped first", "[console][signal]") {
  const End end = end_of([] {
    catch_signals([] {
      const auto written = write(STDERR_FILENO, "stopped\n", 8);
      static_cast<void>(written);
    });
    raise(SIGINT);
  });
  CHECK(end.said == "stopped\nchokepoint: interrupted: nothing is kept\n");
}

TEST_CASE("interruption: files and empty folders go, others stay", "[console][signal]") {
  const ScratchFolder scratch;
  for (const auto* name : {"unfinished", "finished", "others"}) write_bytes(scratch / name, "");
  std::filesystem::create_directory(scratch / "folder");
  end_of([&] {
    catch_signals(nullptr);
    const RemovedOnSignal goes(scratch / "unfinished"), folder(scratch / "folder");
    const RemovedOnSignal never_there(scratch / "none");
    { const RemovedOnSignal kept(scratch / "finished"); }
    raise(SIGTERM);
  });
  CHECK(scratch.names() == std::vector<std::string>{"finished", "others"});
}

TEST_CASE("interruption: a folder goes after what is in it", "[console][signal]") {
  const ScratchFolder scratch;
  std::filesystem::create_directories(scratch / "outer/inner");
  write_bytes(scratch / "outer/inner/unfinished", "");
  end_of([&] {
    catch_signals(nullptr);
    const RemovedOnSignal outer(scratch / "outer"), inner(scratch / "outer/inner");
    const RemovedOnSignal file(scratch / "outer/inner/unfinished");
    raise(SIGTERM);
  });
  CHECK(scratch.names().empty());
}

TEST_CASE("interruption: a signal waits for what is to be whole", "[console][signal]") {
  const End end = end_of([] {
    catch_signals(nullptr);
    const SignalsHeld whole;
    raise(SIGINT);
    set_interrupted_task("it is whole");
  });
  CHECK(WEXITSTATUS(end.status) == 130);
  CHECK(end.said == "chokepoint: interrupted: it is whole\n");
}

TEST_CASE("interruption: a program under nohup outlives its terminal", "[console][signal]") {
  const End end = end_of([] {
    std::signal(SIGHUP, SIG_IGN);
    catch_signals(nullptr);
    raise(SIGHUP);
    _exit(9);
  });
  CHECK(WEXITSTATUS(end.status) == 9);
}

TEST_CASE("interruption: a file past its limit is a failed write", "[console][signal]") {
  const ScratchFolder scratch;
  const End end = end_of([&] {
    catch_signals(nullptr);
    const rlimit limit = {1, 1};
    setrlimit(RLIMIT_FSIZE, &limit);
    const int file = open((scratch / "f").c_str(), O_WRONLY | O_CREAT, 0600);
    _exit(write(file, "ab", 2) == 1 && write(file, "b", 1) < 0 && errno == EFBIG ? 0 : 1);
  });
  CHECK(WIFEXITED(end.status));
  CHECK(WEXITSTATUS(end.status) == 0);
}

}  // namespace
}  // namespace chokepoint
