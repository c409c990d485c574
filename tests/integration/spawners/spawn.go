// usage: spawn one | many N: programs started by os/exec, from several threads at once when many.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

func die(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// Everything a recipe can show: stdin and stdout are files, a directory, an environment, a session.
func one() {
	in, err := os.Open("in")
	die(err)
	out, err := os.Create("out")
	die(err)
	command := exec.Command("/bin/cat")
	command.Stdin, command.Stdout = in, out
	command.Dir = "/"
	command.Env = []string{"A=b"}
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	die(command.Run())
}

func many(times int) {
	results := make([]string, times)
	var all sync.WaitGroup
	for i := range results {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			command := exec.Command("sh", "-c", fmt.Sprintf("cat; exit %d", i%7))
			command.Stdin = strings.NewReader(fmt.Sprintf("number %d\n", i))
			text, err := command.Output()
			results[i] = fmt.Sprintf("%s%v", text, err)
		}(i)
	}
	all.Wait()
	_, err := exec.LookPath("no such program")
	fmt.Println(strings.Join(results, "\n"), err)
}

func main() {
	if os.Args[1] == "one" {
		one()
		return
	}
	times, err := strconv.Atoi(os.Args[2])
	die(err)
	many(times)
}
