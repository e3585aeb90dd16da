console.log("Größe");
